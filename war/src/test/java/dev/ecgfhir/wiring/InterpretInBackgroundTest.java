package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

class InterpretInBackgroundTest {
    private static final Path RECORDING =
            Path.of("..", "fhir-adapter", "src", "test", "resources", "recordings", "fhir", "ptbxl_00002.json");
    private static final String TYPE = "/fhir/Observation/$interpret";

    private static IParser json() {
        return FhirContext.forR4Cached().newJsonParser();
    }

    private static Observation recording() {
        try {
            return json().parseResource(Observation.class, Files.readString(RECORDING));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> asked(Parameters parameters) {
        return TestServer.post(TYPE, json().encodeResourceToString(parameters), "Prefer", "respond-async");
    }

    private static Parameters with(Observation... ecgs) {
        Parameters parameters = new Parameters();
        for (Observation ecg : ecgs) {
            parameters.addParameter().setName("observation").setResource(ecg);
        }
        return parameters;
    }

    /** The path of a job's status. */
    private static String status(HttpResponse<String> accepted) {
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        URI status =
                URI.create(accepted.headers().firstValue("Content-Location").orElseThrow());
        assertThat(status.toString()).startsWith(TestServer.server().fhirUrl());
        return status.getPath() + "?" + status.getQuery();
    }

    private static HttpResponse<String> done(String status) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> TestServer.get(status).statusCode() != 202);
        return TestServer.get(status);
    }

    private static String reason(HttpResponse<String> response) {
        return reason(json().parseResource(OperationOutcome.class, response.body()));
    }

    private static String reason(OperationOutcome outcome) {
        return outcome.getIssueFirstRep().getDetails().getCodingFirstRep().getCode();
    }

    @Test
    void answers_each_ecg_in_order_with_its_report_or_why_there_is_none() {
        Observation broken = recording();
        broken.getComponent().get(2).getValueSampledData().setPeriodElement(null);

        HttpResponse<String> response = done(status(asked(with(recording(), broken, recording()))));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/fhir+json");
        assertThat(response.headers().firstValue("Expires")).isPresent();
        Bundle bundle = json().parseResource(Bundle.class, response.body());
        assertThat(bundle.getType()).isEqualTo(Bundle.BundleType.BATCHRESPONSE);
        assertThat(bundle.getEntry())
                .extracting(entry -> entry.getResponse().getStatus())
                .containsExactly("200 OK", "422", "200 OK");
        assertThat(((Bundle) bundle.getEntry().get(2).getResource()).getEntry())
                .anyMatch(entry -> entry.getResource() instanceof DiagnosticReport);
        assertThat(reason((OperationOutcome)
                        bundle.getEntry().get(1).getResponse().getOutcome()))
                .isEqualTo("NO_PERIOD");
    }

    @Test
    void stores_the_report_where_that_is_asked_for() {
        String id = TestServer.post("/fhir/Observation", json().encodeResourceToString(recording()))
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceAll(".*/Observation/([^/]+)/.*", "$1");
        Parameters parameters = new Parameters();
        parameters.addParameter("reference", new Reference("Observation/" + id));
        parameters.addParameter("reference", new Reference("Observation/there-is-none"));
        parameters.addParameter("store", new BooleanType(true));

        Bundle bundle = json().parseResource(
                        Bundle.class, done(status(asked(parameters))).body());

        assertThat(bundle.getEntry())
                .extracting(entry -> entry.getResponse().getStatus())
                .containsExactly("200 OK", "404");
        assertThat(json().parseResource(
                                Bundle.class,
                                TestServer.get("/fhir/DiagnosticReport?result.derived-from=Observation/" + id)
                                        .body())
                        .getEntry())
                .hasSize(1);
    }

    @Test
    void says_how_far_it_is_and_ends_when_it_is_told_to() {
        Observation[] many = new Observation[40];
        java.util.Arrays.fill(many, recording());
        String status = status(asked(with(many)));

        HttpResponse<String> going = TestServer.get(status);

        assertThat(going.statusCode()).isEqualTo(202);
        assertThat(going.headers().firstValue("X-Progress").orElseThrow()).matches("\\d+ of 40 ECGs");
        assertThat(going.headers().firstValue("Retry-After").orElseThrow()).isEqualTo("1");
        assertThat(TestServer.send("DELETE", status, "").statusCode()).isEqualTo(202);
        HttpResponse<String> ended = TestServer.get(status);
        assertThat(ended.statusCode()).isEqualTo(404);
        assertThat(reason(ended)).isEqualTo("NO_SUCH_JOB");
    }

    @Test
    void refuses_at_once_what_is_wrong_with_the_request_itself() {
        Parameters parameters = with(recording());
        parameters.addParameter("store", new BooleanType(true));

        HttpResponse<String> response = asked(parameters);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(reason(response)).isEqualTo("STORE_NEEDS_REFERENCE");
    }

    @Test
    void says_that_a_job_of_an_earlier_run_is_lost() {
        HttpResponse<String> response =
                TestServer.get("/fhir/$interpret-status?job=00000000-11111111-2222-3333-4444-555555555555");

        assertThat(response.statusCode()).isEqualTo(410);
        assertThat(reason(response)).isEqualTo("JOB_LOST");
        assertThat(reason(TestServer.get("/fhir/$interpret-status"))).isEqualTo("NO_JOB");
    }

    @Test
    void reads_one_stored_ecg_in_the_background_too() {
        String id = TestServer.post("/fhir/Observation", json().encodeResourceToString(recording()))
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceAll(".*/Observation/([^/]+)/.*", "$1");

        String status = status(TestServer.post(
                "/fhir/Observation/" + id + "/$interpret", "", "Prefer", "return=minimal, respond-async"));

        assertThat(json().parseResource(Bundle.class, done(status).body()).getEntry())
                .hasSize(1);
    }
}
