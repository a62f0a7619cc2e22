package dev.ecgfhir.api;

import dev.ecgfhir.fhir.report.ReportIdentity;
import dev.ecgfhir.terminology.ConceptScope;
import dev.ecgfhir.terminology.Terminology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ValueSet;

/** Tells which of a patient's reports are new, not confirmed, and suggest a finding of this product's value set of critical findings. */
final class CriticalFindings {
    static final String VALUE_SET = "https://ecgfhir.dev/ValueSet/ecgfounder-critical-findings";
    private static final Set<DiagnosticReportStatus> UNREVIEWED =
            Set.of(DiagnosticReportStatus.PRELIMINARY, DiagnosticReportStatus.PARTIAL);

    private final Set<String> critical;

    CriticalFindings(ConceptScope scope) {
        ValueSet set = Terminology.resources(scope).stream()
                .filter(resource -> VALUE_SET.equals(resource.getUrl()))
                .map(ValueSet.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no value set " + VALUE_SET));
        critical = set.getCompose().getInclude().stream()
                .flatMap(include ->
                        include.getConcept().stream().map(concept -> include.getSystem() + "|" + concept.getCode()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Looks through reports.
     *
     * @param found reports of this product and of others, with results where there are any
     * @param patient id of the patient; reports on another are passed over
     * @param since reports issued before are passed over; one that does not say when it was issued is not
     * @return in the order of {@code found}
     */
    List<CriticalReport> in(Bundle found, String patient, Instant since) {
        Map<String, Observation> results = new HashMap<>();
        found.getEntry().forEach(entry -> {
            if (entry.getResource() instanceof Observation observation) {
                results.put(observation.getIdElement().getIdPart(), observation);
            }
        });
        List<CriticalReport> reports = new ArrayList<>();
        for (Bundle.BundleEntryComponent entry : found.getEntry()) {
            if (entry.getResource() instanceof DiagnosticReport report && meant(report, patient, since)) {
                List<String> findings = findings(report, results);
                if (!findings.isEmpty()) {
                    reports.add(
                            new CriticalReport(report, entry.getFullUrl() == null ? "" : entry.getFullUrl(), findings));
                }
            }
        }
        return reports;
    }

    private static boolean meant(DiagnosticReport report, String patient, Instant since) {
        Reference subject = report.getSubject();
        return UNREVIEWED.contains(report.getStatus())
                && report.getIdentifier().stream()
                        .anyMatch(identifier -> ReportIdentity.REPORT_SYSTEM.equals(identifier.getSystem()))
                && (!report.hasIssued() || !report.getIssued().toInstant().isBefore(since))
                && (!subject.hasReference()
                        || patient.equals(subject.getReferenceElement().getIdPart()));
    }

    private List<String> findings(DiagnosticReport report, Map<String, Observation> results) {
        Set<String> findings = new LinkedHashSet<>();
        report.getResult().stream()
                .map(result -> results.get(result.getReferenceElement().getIdPart()))
                .filter(result -> result != null && result.getStatus() != ObservationStatus.ENTEREDINERROR)
                .flatMap(CriticalFindings::concepts)
                .filter(this::isCritical)
                .forEach(concept -> findings.add(words(concept)));
        if (findings.isEmpty()) {
            // Without its results a report still has what it concludes.
            report.getConclusionCode().stream()
                    .filter(this::isCritical)
                    .forEach(concept -> findings.add(words(concept)));
        }
        return List.copyOf(findings);
    }

    private static Stream<CodeableConcept> concepts(Observation result) {
        return result.hasValueCodeableConcept()
                ? Stream.of(result.getCode(), result.getValueCodeableConcept())
                : Stream.of(result.getCode());
    }

    private boolean isCritical(CodeableConcept concept) {
        return concept.getCoding().stream()
                .anyMatch(coding -> critical.contains(coding.getSystem() + "|" + coding.getCode()));
    }

    private static String words(CodeableConcept concept) {
        return concept.hasText()
                ? concept.getText()
                : concept.getCoding().stream()
                        .filter(Coding::hasDisplay)
                        .map(Coding::getDisplay)
                        .findFirst()
                        .orElse(concept.getCodingFirstRep().getCode());
    }
}
