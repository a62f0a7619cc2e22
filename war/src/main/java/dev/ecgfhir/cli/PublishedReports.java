package dev.ecgfhir.cli;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.CacheControlDirective;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import dev.ecgfhir.fhir.report.ReportTerms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;

/** Reads reports back over a server's FHIR API; knows nothing but what the server answers. */
final class PublishedReports {
    private static final String SNOMED_CT = "http://snomed.info/sct";
    private static final int PAGE = 200;

    private final IGenericClient client;

    /**
     * Makes a reader.
     *
     * @param fhirUrl address of the FHIR server
     */
    PublishedReports(String fhirUrl) {
        FhirContext context = FhirContext.forR4Cached();
        this.client = context.newRestfulGenericClient(fhirUrl);
    }

    /**
     * Finds the report on an ECG: the one whose results are derived from it.
     *
     * @param resource type and id of the ECG
     * @return the report; empty if there is none
     */
    Optional<PublishedReport> on(String resource) {
        Bundle found = client.search()
                .forResource(Observation.class)
                .where(Observation.DERIVED_FROM.hasId(resource))
                .revInclude(DiagnosticReport.INCLUDE_RESULT)
                .count(PAGE)
                .cacheControl(new CacheControlDirective().setNoCache(true))
                .returnBundle(Bundle.class)
                .execute();
        Map<String, Observation> results = new HashMap<>();
        List<DiagnosticReport> reports = new ArrayList<>();
        for (Bundle.BundleEntryComponent entry : found.getEntry()) {
            if (entry.getResource() instanceof Observation result) {
                results.put(result.getIdElement().toUnqualifiedVersionless().getValue(), result);
            } else if (entry.getResource() instanceof DiagnosticReport report) {
                reports.add(report);
            }
        }
        if (reports.size() > 1) {
            throw new IllegalStateException(
                    resource + " has " + reports.size() + " reports; one report for each ECG and model is promised");
        }
        return reports.stream().findFirst().map(report -> read(report, results));
    }

    private static PublishedReport read(DiagnosticReport report, Map<String, Observation> results) {
        List<PublishedReport.Finding> findings = new ArrayList<>();
        for (Reference reference : report.getResult()) {
            String id =
                    reference.getReferenceElement().toUnqualifiedVersionless().getValue();
            Observation result = results.get(id);
            if (result == null) {
                throw new IllegalStateException(
                        report.getId() + " names " + id + ", which is not derived from its ECG");
            }
            if (result.hasValueCodeableConcept()) { // the Observation of all scores has no value
                findings.add(finding(result));
            }
        }
        return new PublishedReport(
                report.getIdElement().toUnqualifiedVersionless().getValue(), findings);
    }

    private static PublishedReport.Finding finding(Observation result) {
        Optional<Coding> snomed = result.getCode().getCoding().stream()
                .filter(coding -> SNOMED_CT.equals(coding.getSystem()))
                .findFirst();
        CodeableConcept named = snomed.isPresent() ? result.getCode() : result.getValueCodeableConcept();
        double score = result.getComponent().stream()
                .filter(component -> component.getCode().getCoding().stream()
                        .anyMatch(coding ->
                                ReportTerms.SYSTEM.equals(coding.getSystem()) && "score".equals(coding.getCode())))
                .map(component -> component.getValue())
                .filter(Quantity.class::isInstance)
                .map(value -> ((Quantity) value).getValue().doubleValue())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(result.getId() + " has no score"));
        return new PublishedReport.Finding(named.getText(), score, snomed.map(Coding::getCode));
    }
}
