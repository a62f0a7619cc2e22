package dev.ecgfhir.fhir.report;

import dev.ecgfhir.fhir.recording.Sha256;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Reports of ours on their way to {@code entered-in-error}, as one transaction. Not safe to share between threads.
 *
 * <p>The report loses its words and codes, since a reader may act on them; its results keep their values under the status that forbids to
 * use them. What the report said stands in its earlier version.
 */
final class WithdrawnForm {
    /** Identifier system of the ECG's version that made us withdraw; a report of an older version may not come back after it. */
    static final String SYSTEM = "https://ecgfhir.dev/identifier/withdrawn-by";

    private final Withdrawal order;
    private final TargetCapabilities capabilities;
    private final Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);

    WithdrawnForm(Withdrawal order, TargetCapabilities capabilities) {
        this.order = order;
        this.capabilities = capabilities;
    }

    Bundle bundle() {
        return bundle;
    }

    /** Withdraws a report with its results. */
    void add(DiagnosticReport there, List<Observation> results) {
        results.forEach(result -> put(withdrawn(result)));
        put(withdrawn(there));
        provenance(there, results);
    }

    private DiagnosticReport withdrawn(DiagnosticReport there) {
        DiagnosticReport report = there.copy();
        report.setStatus(DiagnosticReport.DiagnosticReportStatus.ENTEREDINERROR);
        ReportTexts texts = ReportTexts.of(report.getLanguage());
        report.setConclusion(texts.withdrawn(order.cause()));
        report.getConclusionCode().clear();
        report.setText(
                new Xhtml(texts.language()).strong(report.getConclusion()).toNarrative());
        if (report.hasPresentedForm()) {
            UsCore.present(report);
        }
        report.setIssuedElement(now());
        mark(report, report.getIdentifier());
        return report;
    }

    private Observation withdrawn(Observation there) {
        Observation result = there.copy();
        result.setStatus(Observation.ObservationStatus.ENTEREDINERROR);
        ReportTexts texts = ReportTexts.of(result.getLanguage());
        result.addNote().setText(texts.withdrawn(order.cause()));
        result.setText(new Xhtml(texts.language())
                .strong(texts.withdrawn(order.cause()))
                .toNarrative());
        mark(result, result.getIdentifier());
        return result;
    }

    private void mark(Resource resource, List<Identifier> identifiers) {
        identifiers.removeIf(one -> Fingerprint.SYSTEM.equals(one.getSystem()) || SYSTEM.equals(one.getSystem()));
        identifiers.add(new Identifier().setSystem(SYSTEM).setValue(order.recording()));
        identifiers.add(new Identifier().setSystem(Fingerprint.SYSTEM).setValue(Fingerprint.of(resource)));
    }

    private void put(Resource resource) {
        String address = resource.fhirType() + "/" + resource.getIdElement().getIdPart();
        if (bundle.getEntry().stream()
                .anyMatch(entry -> address.equals(entry.getRequest().getUrl()))) {
            return; // two reports that two writers made at once share their results
        }
        BundleEntryComponent entry =
                bundle.addEntry().setFullUrl(ReportWriter.urn(address)).setResource(resource);
        entry.getRequest().setMethod(Bundle.HTTPVerb.PUT).setUrl(address);
        if (resource.getMeta().hasVersionId()) {
            entry.getRequest().setIfMatch("W/\"" + resource.getMeta().getVersionId() + "\"");
        }
    }

    private void provenance(DiagnosticReport there, List<Observation> results) {
        String id = ReportIdentity.id(
                Sha256.hex(order.key() + "|" + there.getIdElement().getIdPart()), "provenance");
        Provenance provenance = new Provenance();
        provenance.setLanguage(there.getLanguage());
        provenance.getMeta().addSecurity(ReportTerms.assertedByAi());
        provenance.addTarget(local(there));
        results.forEach(result -> provenance.addTarget(local(result)));
        provenance.setRecordedElement(now());
        // NULLIFY: "the transition of an Act from any state to the nullified state", that is, entered in error
        provenance.setActivity(new CodeableConcept()
                .addCoding(new Coding("http://terminology.hl7.org/CodeSystem/v3-DataOperation", "NULLIFY", "nullify")));
        Reference device = results.stream()
                .filter(Observation::hasDevice)
                .map(result -> result.getDevice().copy())
                .findFirst()
                .orElseGet(() -> new Reference().setDisplay("ECGFounder for FHIR"));
        provenance.addAgent().setWho(device);
        provenance
                .addEntity()
                .setRole(Provenance.ProvenanceEntityRole.SOURCE)
                .setWhat(new Reference()
                        .setType("Observation")
                        .setIdentifier(
                                new Identifier().setSystem("urn:ietf:rfc:3986").setValue(order.recording())));
        ReportTexts texts = ReportTexts.of(there.getLanguage());
        provenance.setText(new Xhtml(texts.language())
                .paragraph(texts.withdrawn(order.cause()))
                .toNarrative());
        BundleEntryComponent entry =
                bundle.addEntry().setFullUrl(ReportWriter.urn(id)).setResource(provenance);
        ProvenanceEntry.address(entry, id, capabilities);
    }

    private static Reference local(Resource resource) {
        return new Reference(resource.fhirType() + "/" + resource.getIdElement().getIdPart());
    }

    private InstantType now() {
        InstantType now = new InstantType(Date.from(order.issued()));
        now.setTimeZone(TimeZone.getTimeZone("UTC"));
        return now;
    }
}
