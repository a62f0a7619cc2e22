package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterpretTest {
    /** Real, openly licensed recordings; their README names the sources. */
    private static final Path RECORDINGS =
            Path.of("..", "fhir-adapter", "src", "test", "resources", "recordings", "fhir");

    private static final String TYPE = "/fhir/Observation/$interpret";

    private static IParser json() {
        return FhirContext.forR4Cached().newJsonParser();
    }

    private static Observation recording(String name) {
        try {
            return json().parseResource(Observation.class, Files.readString(RECORDINGS.resolve(name + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<String> interpret(String path, Resource body) {
        return TestServer.post(path, json().encodeResourceToString(body));
    }

    private static Bundle report(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json().parseResource(Bundle.class, response.body());
    }

    private static <T extends Resource> Stream<T> of(Class<T> type, Bundle bundle) {
        return bundle.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast);
    }

    private static String reason(HttpResponse<String> response) {
        return json().parseResource(OperationOutcome.class, response.body())
                .getIssueFirstRep()
                .getDetails()
                .getCodingFirstRep()
                .getCode();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ptbxl_00002", "cinc_JS20011", "cinc17_A00027"})
    void answers_an_observation_with_its_report(String name) {
        Bundle bundle = report(interpret(TYPE, recording(name)));

        assertThat(bundle.getType()).isEqualTo(Bundle.BundleType.COLLECTION);
        assertThat(bundle.getEntry()).allMatch(entry -> !entry.hasRequest());
        DiagnosticReport report = of(DiagnosticReport.class, bundle).findFirst().orElseThrow();
        assertThat(report.getStatus()).isEqualTo(DiagnosticReportStatus.PRELIMINARY);
        assertThat(report.getConclusion()).containsIgnoringCase("demonstration");
        assertThat(of(Observation.class, bundle)
                        .filter(scores -> scores.getComponent().size() >= 150))
                .as("one Observation has all scores")
                .hasSize(1);
    }

    @Test
    void gives_the_same_answer_for_parameters_as_for_the_bare_observation() {
        Parameters parameters = new Parameters();
        parameters.addParameter().setName("observation").setResource(recording("ptbxl_00002"));

        assertThat(conclusion(report(interpret(TYPE, parameters))))
                .isEqualTo(conclusion(report(interpret(TYPE, recording("ptbxl_00002")))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"single-lead", "sha256:7f621f60c5056b6efd56abe5d944527e699f09d39c99baf11d81729557db3e7f"})
    void reads_with_the_model_that_is_asked_for_by_name_or_hash(String model) {
        Parameters parameters = new Parameters();
        parameters.addParameter().setName("observation").setResource(recording("ptbxl_00002"));
        parameters.addParameter("model", new StringType(model));

        HttpResponse<String> response = interpret(TYPE, parameters);

        report(response);
        assertThat(response.body())
                .contains("sha256:7f621f60c5056b6efd56abe5d944527e699f09d39c99baf11d81729557db3e7f")
                .doesNotContain("sha256:91f6e7c83ef1eaff928067878b546b5f680441489c3618759bd390d7eb746730");
    }

    @Test
    void refuses_a_model_that_is_not_loaded() {
        Parameters parameters = new Parameters();
        parameters.addParameter().setName("observation").setResource(recording("ptbxl_00002"));
        parameters.addParameter("model", new StringType("no-such-model"));

        HttpResponse<String> response = interpret(TYPE, parameters);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(reason(response)).isEqualTo("NO_SUCH_MODEL");
    }

    private static String conclusion(Bundle bundle) {
        return of(DiagnosticReport.class, bundle).findFirst().orElseThrow().getConclusion();
    }

    @Test
    void stores_the_report_beside_its_ecg_once_however_often_it_is_asked() {
        String id = stored(recording("cinc_JS20011"));
        Parameters store = new Parameters();
        store.addParameter("store", new BooleanType(true));
        String instance = "/fhir/Observation/" + id + "/$interpret";

        Bundle first = report(interpret(instance, store));
        report(interpret(instance, store));

        DiagnosticReport report = of(DiagnosticReport.class, first).findFirst().orElseThrow();
        HttpResponse<String> there =
                TestServer.get("/fhir/DiagnosticReport/" + report.getIdElement().getIdPart());
        assertThat(there.statusCode()).isEqualTo(200);
        assertThat(json().parseResource(DiagnosticReport.class, there.body())
                        .getMeta()
                        .getVersionId())
                .isEqualTo("1");
        Bundle scores = json().parseResource(
                        Bundle.class,
                        TestServer.get("/fhir/Observation?derived-from=Observation/" + id)
                                .body());
        assertThat(scores.getEntry()).isNotEmpty();
        assertThat(TestServer.get("/fhir/Observation/"
                                + scores.getEntryFirstRep()
                                        .getResource()
                                        .getIdElement()
                                        .getIdPart())
                        .body())
                .contains("\"Observation/" + id + "/_history/1\"");
    }

    @Test
    void interprets_what_a_reference_names() {
        String id = stored(recording("ptbxl_00002"));
        Parameters parameters = new Parameters();
        parameters.addParameter("reference", new Reference("Observation/" + id + "/_history/1"));

        assertThat(of(DiagnosticReport.class, report(interpret(TYPE, parameters))))
                .hasSize(1);
    }

    @Test
    void reads_an_ecg_of_this_server_as_its_source_says_and_one_in_the_body_does_not() {
        Observation unnamed = recording("ptbxl_00002");
        unnamed.getComponent().forEach(lead -> lead.setCode(unnamed.getCode()));
        Parameters reference = new Parameters();
        reference.addParameter("reference", new Reference("Observation/" + stored(unnamed)));

        HttpResponse<String> inBody = interpret(TYPE, unnamed);
        Bundle ofServer = report(interpret(TYPE, reference));

        assertThat(inBody.statusCode()).isEqualTo(422);
        assertThat(reason(inBody)).isEqualTo("NO_KNOWN_LEAD");
        assertThat(scores(ofServer)).isEqualTo(scores(report(interpret(TYPE, recording("ptbxl_00002")))));
    }

    private static List<String> scores(Bundle bundle) {
        return of(Observation.class, bundle)
                .filter(scores -> scores.getComponent().size() >= 150)
                .flatMap(scores -> scores.getComponent().stream())
                .filter(Observation.ObservationComponentComponent::hasValueQuantity)
                .map(score -> score.getCode().getCodingFirstRep().getCode() + " "
                        + score.getValueQuantity().getValue())
                .toList();
    }

    private static String stored(Observation recording) {
        HttpResponse<String> created = TestServer.post("/fhir/Observation", json().encodeResourceToString(recording));
        assertThat(created.statusCode()).isEqualTo(201);
        return created.headers().firstValue("Location").orElseThrow().replaceAll(".*/Observation/([^/]+)/.*", "$1");
    }

    @Test
    void answers_in_the_language_that_the_caller_likes_best() {
        HttpResponse<String> response = TestServer.post(
                TYPE,
                json().encodeResourceToString(recording("ptbxl_00002")),
                "Accept-Language",
                "it, de-CH;q=0.9, en;q=0.5");

        DiagnosticReport report =
                of(DiagnosticReport.class, report(response)).findFirst().orElseThrow();
        assertThat(report.getLanguage()).isEqualTo("de");
        assertThat(report.getConclusion()).contains("von keiner Person bestätigt");
    }

    @Test
    void refuses_an_ecg_without_period_with_422_and_the_element() {
        Observation recording = recording("ptbxl_00002");
        recording.getComponent().get(2).getValueSampledData().setPeriodElement(null);

        HttpResponse<String> response = interpret(TYPE, recording);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(reason(response)).isEqualTo("NO_PERIOD");
        assertThat(response.body()).contains("component[2]");
    }

    @Test
    void refuses_an_observation_that_is_no_ecg() {
        Observation temperature = new Observation();
        temperature
                .setStatus(Observation.ObservationStatus.FINAL)
                .getCode()
                .addCoding()
                .setSystem("http://loinc.org")
                .setCode("8310-5");

        HttpResponse<String> response = interpret(TYPE, temperature);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(reason(response)).isEqualTo("NO_WAVEFORM");
    }

    @ParameterizedTest
    @MethodSource
    void refuses_a_wrong_request_with_a_stable_code(String body, int status, String reason) {
        HttpResponse<String> response = TestServer.post(TYPE, body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(reason(response)).isEqualTo(reason);
        assertThat(response.body()).doesNotContain("Exception", "HAPI-", "SECRET");
    }

    static Stream<Arguments> refuses_a_wrong_request_with_a_stable_code() {
        return Stream.of(
                arguments("", 400, "NO_ECG"),
                arguments("SECRET", 400, "UNREADABLE"),
                arguments("{\"resourceType\":\"Observation\",\"status\":\"SECRET", 400, "UNREADABLE"),
                arguments("{\"resourceType\":\"Patient\",\"id\":\"SECRET\"}", 400, "WRONG_BODY"),
                arguments("{\"resourceType\":\"Parameters\"}", 400, "NO_ECG"),
                arguments(parameter("{\"name\":\"SECRET\",\"valueBoolean\":true}"), 400, "UNKNOWN_PARAMETER"),
                arguments(parameter("{\"name\":\"model\",\"valueBoolean\":true}"), 400, "WRONG_PARAMETER"),
                arguments(parameter("{\"name\":\"store\",\"valueString\":\"SECRET\"}"), 400, "WRONG_PARAMETER"),
                arguments(
                        parameter(
                                "{\"name\":\"store\",\"valueBoolean\":true},{\"name\":\"store\",\"valueBoolean\":true}"),
                        400,
                        "REPEATED_PARAMETER"),
                arguments(
                        parameter("{\"name\":\"observation\",\"resource\":{\"resourceType\":\"Observation\"}},"
                                + "{\"name\":\"store\",\"valueBoolean\":true}"),
                        400,
                        "STORE_NEEDS_REFERENCE"),
                arguments(
                        parameter("{\"name\":\"reference\",\"valueReference\":{\"reference\":\"Observation/a\"}},"
                                + "{\"name\":\"reference\",\"valueReference\":{\"reference\":\"Observation/b\"}}"),
                        400,
                        "SEVERAL_ECGS"),
                arguments(reference("http://10.0.0.1/SECRET/Observation/1"), 400, "WRONG_REFERENCE"),
                arguments(reference("Observation/../Patient/1"), 400, "WRONG_REFERENCE"),
                arguments(reference("Observation/there-is-none"), 404, "NO_SUCH_ECG"));
    }

    private static Arguments arguments(String body, int status, String reason) {
        return Arguments.of(body, status, reason);
    }

    private static String parameter(String parameters) {
        return "{\"resourceType\":\"Parameters\",\"parameter\":[" + parameters + "]}";
    }

    private static String reference(String address) {
        return parameter("{\"name\":\"reference\",\"valueReference\":{\"reference\":\"" + address + "\"}}");
    }

    @Test
    void refuses_a_body_that_is_larger_than_any_ecg() {
        HttpResponse<String> response = TestServer.post(TYPE, " ".repeat(33 * 1024 * 1024));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(reason(response)).isEqualTo("BODY_TOO_LARGE");
    }

    @Test
    void reads_xml_too() {
        String xml = FhirContext.forR4Cached().newXmlParser().encodeResourceToString(recording("ptbxl_00002"));

        assertThat(conclusion(report(TestServer.post(TYPE, xml))))
                .isEqualTo(conclusion(report(interpret(TYPE, recording("ptbxl_00002")))));
    }
}
