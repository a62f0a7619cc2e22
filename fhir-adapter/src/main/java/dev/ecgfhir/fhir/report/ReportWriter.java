package dev.ecgfhir.fhir.report;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.FhirVersionEnum;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;

/**
 * Writes an interpretation as one FHIR R4 transaction: DiagnosticReport, result Observations, all scores, Device, Provenance.
 *
 * <p>The same content and target give the same Bundle, byte for byte. Safe to share between threads.
 */
public final class ReportWriter {
    private final FhirContext context;
    private final ReportOptions options;

    /**
     * Makes a writer.
     *
     * @param context R4; from then on it keeps the versions in references to recordings, see {@link #keepVersions}
     * @param options how reports are written
     */
    public ReportWriter(FhirContext context, ReportOptions options) {
        if (context.getVersion().getVersion() != FhirVersionEnum.R4) {
            throw new IllegalArgumentException("reports are FHIR R4, the context is "
                    + context.getVersion().getVersion());
        }
        this.context = context;
        this.options = options;
        keepVersions(context);
    }

    /** Returns a writer with the same options in another language. */
    public ReportWriter in(ReportLanguage language) {
        return new ReportWriter(context, options.in(language));
    }

    /**
     * Makes a context write the version of a recording in references to it; HAPI's parsers leave versions out otherwise. Whatever sends
     * a report needs it: a context that made a writer or a {@link ReportSink} has it already.
     *
     * @param context whose parser options are set
     */
    public static void keepVersions(FhirContext context) {
        Set<String> paths = new HashSet<>(context.getParserOptions().getDontStripVersionsFromReferencesAtPaths());
        if (paths.addAll(List.of("Observation.derivedFrom", "Provenance.entity.what"))) {
            context.getParserOptions().setDontStripVersionsFromReferencesAtPaths(paths);
        }
    }

    /**
     * Writes a report.
     *
     * @param content what it says
     * @param targetBase address of the server that it goes to; empty if that is the source, or not known
     * @return a transaction Bundle: PUT with the deterministic ids of {@link ReportIdentity}, the Device by conditional create.
     *     {@link ReportSink#prepare} brings it into the form that a given server takes
     * @throws IllegalArgumentException if the content contradicts itself
     */
    public Bundle transaction(ReportContent content, Optional<String> targetBase) {
        check(content);
        Device device = AlgorithmDevice.of(content).toDevice();
        String deviceUrl = urn(device.getIdElement().getIdPart());
        ResultFrame frame = new ResultFrame(
                content,
                new SourceLinks(content.recording(), targetBase, options.sameIds()),
                deviceUrl,
                ReportTexts.of(options.language()));

        List<Observation> results = new ArrayList<>();
        content.findings().forEach(finding -> results.add(FindingObservation.of(frame, finding)));
        results.add(ScoresObservation.of(frame));
        DiagnosticReport report = report(frame, results);
        if (options.usCore()) {
            UsCore.claim(report, results);
        }
        results.forEach(result -> mark(result, result.getIdentifier()));
        mark(report, report.getIdentifier());

        Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        bundle.addEntry()
                .setFullUrl(deviceUrl)
                .setResource(device)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.POST)
                .setUrl("Device")
                .setIfNoneExist("identifier=" + AlgorithmDevice.DEVICE_SYSTEM + "|"
                        + device.getIdentifierFirstRep().getValue());
        device.setIdElement(null); // the server gives it
        results.forEach(result -> put(bundle, frame, result));
        put(bundle, frame, report);
        put(bundle, frame, ReportProvenance.of(frame, report, results));
        return bundle;
    }

    /**
     * Writes a report as compact JSON, for storing and sending.
     *
     * @param content what it says
     * @param targetBase address of the server that it goes to; empty if that is the source, or not known
     * @return the transaction of {@link #transaction}
     */
    public String json(ReportContent content, Optional<String> targetBase) {
        return context.newJsonParser().encodeResourceToString(transaction(content, targetBase));
    }

    private DiagnosticReport report(ResultFrame frame, List<Observation> results) {
        ReportContent content = frame.content();
        DiagnosticReport report = new DiagnosticReport();
        report.setId(frame.identity().reportId());
        report.setLanguage(frame.texts().language().tag());
        report.getMeta().addSecurity(ReportTerms.assertedByAi());
        report.addIdentifier(frame.identity().identifier());
        report.setStatus(
                switch (options.status()) {
                    case PRELIMINARY -> DiagnosticReport.DiagnosticReportStatus.PRELIMINARY;
                    case PARTIAL -> DiagnosticReport.DiagnosticReportStatus.PARTIAL;
                });
        report.addCategory(ResultFrame.electrocardiac());
        report.addCategory(new CodeableConcept().addCoding(new Coding(ReportTerms.LOINC, "LP29708-2", "Cardiology")));
        report.setCode(new CodeableConcept().addCoding(new Coding(ReportTerms.LOINC, "11524-6", "EKG study")));
        frame.subject().ifPresent(report::setSubject);
        frame.encounter().ifPresent(report::setEncounter);
        frame.basedOn().forEach(report::addBasedOn);
        frame.effective().ifPresent(report::setEffective);
        report.setIssuedElement(frame.issued());
        results.forEach(result -> report.addResult(frame.inside(result)));
        ConclusionText words = new ConclusionText(frame);
        report.setConclusion(words.text());
        FindingWords names = new FindingWords(frame.texts());
        for (ReportFinding finding : content.findings()) {
            if (!finding.codings().isEmpty()) {
                CodeableConcept conclusion = report.addConclusionCode().setText(names.name(finding));
                finding.codings().forEach(coding -> conclusion.addCoding(FindingObservation.coding(coding)));
            }
        }
        report.setText(words.narrative());
        return report;
    }

    /** Adds the deterministic id as an identifier, and the fingerprint by which a change of somebody else's is seen. */
    private static void mark(Resource resource, List<Identifier> identifiers) {
        identifiers.add(new Identifier()
                .setSystem(ReportIdentity.RESOURCE_SYSTEM)
                .setValue(resource.getIdElement().getIdPart()));
        identifiers.add(new Identifier().setSystem(Fingerprint.SYSTEM).setValue(Fingerprint.of(resource)));
    }

    private static void put(Bundle bundle, ResultFrame frame, Resource resource) {
        String id = resource.getIdElement().getIdPart();
        String address = resource.fhirType() + "/" + id;
        bundle.addEntry()
                .setFullUrl(
                        frame.links().home().map(base -> base + "/" + address).orElseGet(() -> urn(id)))
                .setResource(resource)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.PUT)
                .setUrl(address);
    }

    /** Returns a name-based UUID (RFC 9562, version 3) as a URN. */
    static String urn(String id) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
    }

    private static void check(ReportContent content) {
        Set<Integer> labels = new HashSet<>();
        for (ReportScore score : content.scores()) {
            if (!labels.add(score.labelIndex())) {
                throw new IllegalArgumentException("label " + score.labelIndex() + " has two scores");
            }
            if (score.assessed() && !(score.score() >= 0 && score.score() <= 1)) {
                throw new IllegalArgumentException(
                        "score of label '" + score.label() + "' must be in 0..1, was " + score.score());
            }
        }
        Set<Integer> found = new HashSet<>();
        for (ReportFinding finding : content.findings()) {
            if (!found.add(finding.labelIndex())) {
                throw new IllegalArgumentException("label '" + finding.label() + "' is found twice");
            }
            boolean assessed = content.scores().stream()
                    .anyMatch(score -> score.labelIndex() == finding.labelIndex() && score.assessed());
            if (!assessed) {
                throw new IllegalArgumentException(
                        "label '" + finding.label() + "' is a finding, but was not assessed");
            }
            if (!(finding.score() >= finding.threshold())) {
                throw new IllegalArgumentException("label '" + finding.label() + "' is a finding with score "
                        + finding.score() + " below its threshold " + finding.threshold());
            }
        }
    }
}
