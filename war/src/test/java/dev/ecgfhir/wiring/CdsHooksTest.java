package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

class CdsHooksTest {
    private static final String SERVICE = "/cds-services/critical-ecg-findings";

    /** A new patient for each test, so that none sees the report of another. */
    private final String patient = "cds-" + UUID.randomUUID();

    /**
     * A real report in the repository. No bundled recording has a critical finding, so one finding of the report is made another: that of a
     * ventricular tachycardia.
     */
    private DeliveredReport critical() {
        DeliveredReport report = DeliveredReport.of("ptbxl_00330", patient, "2026-02-03T04:05:06Z");
        String id = report.bundle().getEntry().stream()
                .map(entry -> entry.getResource().getIdElement().getIdPart())
                .filter(one -> one != null && one.contains("-finding-"))
                .findFirst()
                .orElseThrow();
        Observation finding = DeliveredReport.parse(
                Observation.class, TestServer.get("/fhir/Observation/" + id).body());
        finding.setCode(new CodeableConcept()
                .addCoding(new Coding(
                        "http://snomed.info/sct", "164895002", "Electrocardiographic ventricular tachycardia"))
                .addCoding(
                        new Coding("https://ecgfhir.dev/CodeSystem/ecgfounder-labels", "VENTRICULAR TACHYCARDIA", null))
                .setText("Ventricular tachycardia"));
        put(finding);
        return report;
    }

    private static void put(Resource resource) {
        int status = TestServer.put(
                        "/fhir/" + resource.fhirType() + "/"
                                + resource.getIdElement().getIdPart(),
                        FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource))
                .statusCode();
        assertThat(status).isEqualTo(200);
    }

    private static DiagnosticReport stored(DeliveredReport report) {
        return DeliveredReport.parse(
                DiagnosticReport.class,
                TestServer.get("/fhir/" + report.reference()).body());
    }

    private HttpResponse<String> viewed(String more) {
        return TestServer.json(
                SERVICE,
                "{\"hook\":\"patient-view\",\"hookInstance\":\"" + UUID.randomUUID()
                        + "\",\"context\":{\"userId\":\"Practitioner/1\",\"patientId\":\"" + patient + "\"}" + more
                        + "}");
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void is_discovered() {
        JsonNode service = json(TestServer.get("/cds-services")).get("services").get(0);

        assertThat(service.get("hook").asText()).isEqualTo("patient-view");
        assertThat(service.get("id").asText()).isEqualTo("critical-ecg-findings");
        assertThat(service.get("description").asText()).isNotBlank();
        assertThat(service.get("prefetch").get("reports").asText())
                .startsWith("DiagnosticReport?patient={{context.patientId}}&");
    }

    @Test
    void tells_of_a_new_critical_finding_that_nobody_has_confirmed() {
        DeliveredReport report = critical();

        JsonNode cards = json(viewed("")).get("cards");

        assertThat(cards).hasSize(1);
        JsonNode card = cards.get(0);
        assertThat(card.get("summary").asText())
                .isEqualTo("Critical ECG finding, not reviewed: Ventricular tachycardia (ECG of 2026-02-03)");
        assertThat(card.get("indicator").asText()).isEqualTo("critical");
        assertThat(card.get("source").get("label").asText()).isEqualTo("ECGFounder for FHIR");
        assertThat(UUID.fromString(card.get("uuid").asText())).isNotNull();
        assertThat(card.get("detail").asText())
                .contains("- Ventricular tachycardia\n", "no person has confirmed it", "not excluded", "emonstration");
        assertThat(card.get("links").get(0).get("url").asText())
                .isEqualTo(TestServer.server().fhirUrl() + "/" + report.reference());
        assertThat(card.get("links").get(0).get("type").asText()).isEqualTo("absolute");
    }

    @Test
    void is_silent_of_findings_that_are_not_critical() {
        DeliveredReport.of("ptbxl_00330", patient, "2026-02-03T04:05:06Z");

        assertThat(json(viewed("")).get("cards")).isEmpty();
    }

    @Test
    void is_silent_once_a_person_has_confirmed_the_report() {
        DiagnosticReport report = stored(critical());
        put(report.setStatus(DiagnosticReportStatus.FINAL));

        assertThat(json(viewed("")).get("cards")).isEmpty();
    }

    @Test
    void is_silent_of_a_report_that_is_no_longer_new() {
        DiagnosticReport report = stored(critical());
        put(report.setIssued(Date.from(Instant.now().minus(Duration.ofHours(73)))));

        assertThat(json(viewed("")).get("cards")).isEmpty();
    }

    @Test
    void looks_at_the_reports_that_the_caller_sends_and_asks_for_no_others() {
        DeliveredReport report = critical();
        String reports = TestServer.get("/fhir/DiagnosticReport?_include=DiagnosticReport:result&_id="
                        + report.report().getIdElement().getIdPart())
                .body();
        String hospital = ",\"fhirServer\":\"https://hospital.example/fhir\",\"prefetch\":{\"reports\":";

        assertThat(json(viewed(hospital + reports + "}")).get("cards")).hasSize(1);
        assertThat(json(viewed(hospital + reports.replace("Patient/" + patient, "Patient/other") + "}"))
                        .get("cards"))
                .as("reports on somebody else")
                .isEmpty();
        assertThat(json(viewed(",\"prefetch\":{\"reports\":{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}}"))
                        .get("cards"))
                .as("there are none where the caller looked")
                .isEmpty();
    }

    @Test
    void does_not_take_a_patient_of_another_server_for_its_own() {
        critical();

        HttpResponse<String> response = viewed(",\"fhirServer\":\"https://hospital.example/fhir\"");

        assertThat(response.statusCode()).isEqualTo(412);
        assertThat(response.body()).contains("prefetch.reports");
        assertThat(json(viewed(",\"fhirServer\":\"" + TestServer.server().fhirUrl() + "/\""))
                        .get("cards"))
                .hasSize(1);
    }

    @Test
    void may_be_called_by_pages_of_the_configured_origins_and_no_others() {
        HttpResponse<String> asked = TestServer.request(
                "OPTIONS",
                SERVICE,
                "",
                "Origin",
                TestServer.HOOK_ORIGIN,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization, content-type");
        HttpResponse<String> discovery = TestServer.get("/cds-services", "Origin", TestServer.HOOK_ORIGIN);

        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).contains(TestServer.HOOK_ORIGIN);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
                .contains("GET", "POST");
        assertThat(asked.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .containsIgnoringCase("authorization")
                .containsIgnoringCase("content-type");
        assertThat(discovery.statusCode()).isEqualTo(200);
        assertThat(discovery.headers().firstValue("Access-Control-Allow-Origin"))
                .contains(TestServer.HOOK_ORIGIN);
        assertThat(TestServer.request(
                                "POST",
                                SERVICE,
                                "{}",
                                "Origin",
                                TestServer.HOOK_ORIGIN,
                                "Content-Type",
                                "application/json")
                        .statusCode())
                .isEqualTo(400);
        for (String path : List.of("/cds-services", SERVICE)) {
            assertThat(TestServer.get(path, "Origin", "https://other.example").statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(TestServer.get("/fhir/metadata", "Origin", TestServer.HOOK_ORIGIN)
                        .statusCode())
                .as("nothing else than the service")
                .isEqualTo(403);
    }

    @Test
    void says_what_is_wrong_with_a_call() {
        assertThat(TestServer.json(SERVICE, "{\"hook\":\"order-sign\",\"hookInstance\":\"1\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(TestServer.json(SERVICE, "{").statusCode()).isEqualTo(400);
        assertThat(viewed(",\"prefetch\":{\"reports\":{\"resourceType\":\"Nothing\"}}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(TestServer.json("/cds-services/none", "{}").statusCode()).isEqualTo(404);
        assertThat(TestServer.json(
                                SERVICE,
                                "{\"hook\":\"patient-view\",\"hookInstance\":\"1\",\"context\":{\"patientId\":\"../a?b\"}}")
                        .body())
                .contains("patientId");
    }

    @Test
    void takes_and_counts_feedback() {
        String feedback = "{\"feedback\":[{\"card\":\"" + UUID.randomUUID()
                + "\",\"outcome\":\"overridden\",\"outcomeTimestamp\":\"2026-02-03T04:05:06Z\"}]}";

        assertThat(TestServer.json(SERVICE + "/feedback", feedback).statusCode())
                .isEqualTo(200);
        assertThat(TestServer.json(SERVICE + "/feedback", "{\"feedback\":[{\"card\":\"1\"}]}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(TestServer.json(SERVICE + "/feedback", "{}").statusCode()).isEqualTo(400);
        assertThat(TestServer.get("/actuator/prometheus").body())
                .contains("ecgfhir_cds_feedback_total{outcome=\"overridden\"}");
    }
}
