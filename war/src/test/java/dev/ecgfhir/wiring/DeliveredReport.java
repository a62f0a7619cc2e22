package dev.ecgfhir.wiring;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * A real ECG in the running server's repository, and the report that the network made on it.
 *
 * @param patient id of the patient
 * @param ecg id of the Observation that holds the ECG
 * @param bundle the report and its companions, as {@code $interpret} answered
 */
record DeliveredReport(String patient, String ecg, Bundle bundle) {
    /**
     * Stores a bundled recording for a patient and has it interpreted and its report stored.
     *
     * @param recording name of a recording of the demonstration
     * @param patient id of the patient
     * @param recorded when the ECG was recorded
     */
    static DeliveredReport of(String recording, String patient, String recorded) {
        Observation ecg = recording(recording);
        ecg.setSubject(new Reference("Patient/" + patient));
        ecg.setEffective(new DateTimeType(recorded));
        TestServer.put("/fhir/Patient/" + patient, "{\"resourceType\":\"Patient\",\"id\":\"" + patient + "\"}");
        String id = TestServer.post(
                        "/fhir/Observation",
                        FhirContext.forR4Cached().newJsonParser().encodeResourceToString(ecg))
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceAll(".*/Observation/([^/]+)/.*", "$1");
        return new DeliveredReport(
                patient,
                id,
                parse(
                        Bundle.class,
                        TestServer.post(
                                        "/fhir/Observation/" + id + "/$interpret",
                                        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"store\",\"valueBoolean\":true}]}")
                                .body()));
    }

    static Observation recording(String name) {
        try (InputStream file =
                DeliveredReport.class.getResourceAsStream("/dev/ecgfhir/demo/recordings/" + name + ".json")) {
            return (Observation) FhirContext.forR4Cached().newJsonParser().parseResource(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static <T extends Resource> T parse(Class<T> type, String json) {
        return FhirContext.forR4Cached().newJsonParser().parseResource(type, json);
    }

    /** Asks the server; fails if the answer is not 200. */
    static Bundle search(String search) {
        var response = TestServer.get("/fhir/" + search);
        if (response.statusCode() != 200) {
            throw new AssertionError(search + " was answered with " + response.statusCode() + ": " + response.body());
        }
        return parse(Bundle.class, response.body());
    }

    /** The logical ids of what a search finds, with their types. */
    static List<String> found(Bundle bundle) {
        return bundle.getEntry().stream()
                .map(entry -> entry.getResource().fhirType() + "/"
                        + entry.getResource().getIdElement().getIdPart())
                .toList();
    }

    private <T extends Resource> Stream<T> all(Class<T> type) {
        return bundle.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast);
    }

    DiagnosticReport report() {
        return all(DiagnosticReport.class).findFirst().orElseThrow();
    }

    /** {@code DiagnosticReport/[id]}. */
    String reference() {
        return "DiagnosticReport/" + report().getIdElement().getIdPart();
    }

    /** The value of the report's identifier. */
    String key() {
        return report().getIdentifier().stream()
                .filter(identifier -> identifier.getSystem().equals("https://ecgfhir.dev/identifier/report"))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    /** A SNOMED CT code that the report concludes. */
    String snomed() {
        return report().getConclusionCodeFirstRep().getCodingFirstRep().getCode();
    }

    /** The value of the identifier of the Device that made it. */
    String deviceIdentifier() {
        return all(Device.class)
                .findFirst()
                .orElseThrow()
                .getIdentifierFirstRep()
                .getValue();
    }

    /** The labels of its findings. */
    List<String> labels() {
        return all(Observation.class)
                .flatMap(result -> Stream.concat(
                        result.getCode().getCoding().stream(),
                        result.hasValueCodeableConcept()
                                ? result.getValueCodeableConcept().getCoding().stream()
                                : Stream.empty()))
                .filter(coding -> coding.getSystem().equals("https://ecgfhir.dev/CodeSystem/ecgfounder-labels"))
                .map(coding -> coding.getCode())
                .toList();
    }
}
