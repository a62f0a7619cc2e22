package dev.ecgfhir.cli;

import dev.ecgfhir.fhir.report.AlgorithmDevice;
import dev.ecgfhir.fhir.report.ReportIdentity;
import dev.ecgfhir.fhir.report.ReportTerms;
import dev.ecgfhir.inference.Precision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;

/**
 * What a report says of its own origin and result, as any client can read it.
 *
 * @param status the DiagnosticReport's
 * @param recordings absolute address of the ECG with its version; of an ECG whose leads are one Observation each, the addresses of all;
 *     empty if the ECG had none
 * @param inputHash {@code sha256:<hex>} of its samples
 * @param modelHash {@code sha256:<hex>} of the network
 * @param software version of this product
 * @param thresholds version of the table of thresholds
 * @param terminology version of the ConceptMap
 * @param settingsHash hash over preprocessing, thresholds, terminology and rules
 * @param precision name of the number format in which the network ran
 * @param scores by label; empty where the label was not assessed
 * @param findings labels that are reported as positive
 */
record ReportFacts(
        String status,
        List<String> recordings,
        String inputHash,
        String modelHash,
        String software,
        String thresholds,
        String terminology,
        String settingsHash,
        String precision,
        Map<String, OptionalDouble> scores,
        Set<String> findings) {
    private static final String SETTINGS = "https://ecgfhir.dev/identifier/settings";
    private static final String URI = "urn:ietf:rfc:3986";

    /**
     * Reads them.
     *
     * @param resources the report, its results, its Device and its Provenance among others
     * @throws RefusedInput if something lacks without which nothing can be verified
     */
    static ReportFacts of(List<Resource> resources) throws RefusedInput {
        DiagnosticReport report = all(resources, DiagnosticReport.class)
                .findFirst()
                .orElseThrow(() -> new RefusedInput("there is no DiagnosticReport"));
        Observation scores = all(resources, Observation.class)
                .filter(one -> has(one.getCode(), ReportTerms.SYSTEM, "scores"))
                .findFirst()
                .orElseThrow(() ->
                        new RefusedInput("the report has no Observation with all scores; this product wrote none"));
        Provenance provenance = all(resources, Provenance.class)
                .filter(one -> entity(one, ReportIdentity.CONTENT_SYSTEM).isPresent())
                .max(Comparator.comparing(Provenance::getRecorded))
                .orElseThrow(() -> new RefusedInput("no Provenance of the report names the hash of its input"));
        Device device = all(resources, Device.class)
                .filter(one -> one.getIdentifier().stream()
                        .anyMatch(identifier -> AlgorithmDevice.DEVICE_SYSTEM.equals(identifier.getSystem())))
                .findFirst()
                .orElseThrow(() -> new RefusedInput("the report's Device is not there, so its model is not known"));
        return new ReportFacts(
                report.getStatusElement().getValueAsString(),
                scores.getDerivedFrom().stream()
                        .map(link -> link.getIdentifier())
                        .filter(identifier -> URI.equals(identifier.getSystem()))
                        .map(Identifier::getValue)
                        .toList(),
                entity(provenance, ReportIdentity.CONTENT_SYSTEM).orElseThrow(),
                version(device, "model"),
                version(device, "software"),
                version(device, "thresholds"),
                version(device, "terminology"),
                entity(provenance, SETTINGS).orElse(""),
                version(device, "precision").isEmpty() ? Precision.FLOAT32.text() : version(device, "precision"),
                scores(scores),
                findings(resources));
    }

    /** Returns the address of the ECG, or of its lead I; empty if it had none. */
    Optional<String> recording() {
        return recordings.stream().findFirst();
    }

    private static Map<String, OptionalDouble> scores(Observation scores) {
        Map<String, OptionalDouble> byLabel = new LinkedHashMap<>();
        scores.getComponent()
                .forEach(component -> label(component.getCode())
                        .ifPresent(label -> byLabel.put(
                                label,
                                component.getValue() instanceof Quantity quantity
                                        ? OptionalDouble.of(quantity.getValue().doubleValue())
                                        : OptionalDouble.empty())));
        return byLabel;
    }

    /** A finding is told by its label, in the code where it has a concept, else in the value. */
    private static Set<String> findings(List<Resource> resources) {
        Set<String> labels = new HashSet<>();
        all(resources, Observation.class)
                .filter(one -> one.getValue() instanceof CodeableConcept)
                .forEach(one -> label(one.getCode())
                        .or(() -> label((CodeableConcept) one.getValue()))
                        .ifPresent(labels::add));
        return labels;
    }

    private static Optional<String> label(CodeableConcept concept) {
        return concept.getCoding().stream()
                .filter(coding -> ReportTerms.LABELS.equals(coding.getSystem()))
                .map(Coding::getCode)
                .findFirst();
    }

    private static boolean has(CodeableConcept concept, String system, String code) {
        return concept.getCoding().stream()
                .anyMatch(coding -> system.equals(coding.getSystem()) && code.equals(coding.getCode()));
    }

    private static Optional<String> entity(Provenance provenance, String system) {
        return provenance.getEntity().stream()
                .map(entity -> entity.getWhat().getIdentifier())
                .filter(identifier -> system.equals(identifier.getSystem()))
                .map(Identifier::getValue)
                .findFirst();
    }

    private static String version(Device device, String type) {
        return device.getVersion().stream()
                .filter(version -> has(version.getType(), ReportTerms.SYSTEM, type))
                .map(version -> version.getValue())
                .findFirst()
                .orElse("");
    }

    private static <T extends Resource> Stream<T> all(List<Resource> resources, Class<T> type) {
        List<T> found = new ArrayList<>();
        resources.stream().filter(type::isInstance).map(type::cast).forEach(found::add);
        return found.stream();
    }
}
