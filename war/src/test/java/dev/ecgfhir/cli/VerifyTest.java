package dev.ecgfhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ecgfhir.wiring.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the real server, and on Bundles in files. */
class VerifyTest {
    @TempDir
    Path folder;

    /** Has the server keep an ECG, and returns its id. */
    private static String stored(String observation) {
        return TestServer.post("/fhir/Observation", observation)
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceAll(".*/Observation/([^/]+)/.*", "$1");
    }

    /** Has the server interpret an ECG of its own and keep the report. */
    private static String interpreted(String id) {
        return TestServer.post(
                        "/fhir/Observation/" + id + "/$interpret",
                        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"store\",\"valueBoolean\":true}]}")
                .body();
    }

    private static DiagnosticReport report(String bundle) {
        return FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, bundle).getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(DiagnosticReport.class::isInstance)
                .map(DiagnosticReport.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static String address(DiagnosticReport report) {
        return TestServer.server().fhirUrl() + "/DiagnosticReport/"
                + report.getIdElement().getIdPart();
    }

    private String observation() throws IOException {
        return Files.readString(CommandRun.recording("ptbxl_00030", folder));
    }

    @Test
    void a_report_on_a_server_is_made_again_from_its_versioned_ecg_and_agrees() throws IOException {
        String address = address(report(interpreted(stored(observation()))));

        CommandRun run = CommandRun.of("verify", address, "--json");

        assertThat(run.code()).as(run.err()).isZero();
        JsonNode line = run.json().get(0);
        assertThat(line.get("outcome").asText()).isEqualTo("ok");
        assertThat(line.get("recording").asText()).endsWith("/_history/1");
        assertThat(line.get("largestScoreDifference").asDouble()).isLessThan(1e-6);
        assertThat(line.get("differences")).isEmpty();
        assertThat(CommandRun.of("verify", address).out()).contains("the ECG gives the same scores and findings");
    }

    @Test
    void the_version_that_was_read_is_taken_although_there_is_a_newer_one() throws IOException {
        String id = stored(observation());
        Path report = Files.writeString(folder.resolve("answer.json"), interpreted(id));
        String other = Files.readString(CommandRun.recording("ptbxl_00108", folder))
                .replaceFirst("\\{", "{\"id\":\"" + id + "\",");
        assertThat(TestServer.put("/fhir/Observation/" + id, other).statusCode())
                .isEqualTo(200);

        CommandRun run = CommandRun.of("verify", report, "--json");

        assertThat(run.code()).as(run.err() + run.out()).isZero();
        assertThat(run.json().get(0).get("recording").asText()).endsWith(id + "/_history/1");
    }

    @Test
    void a_report_in_a_file_is_compared_with_the_ecg_that_is_given() throws IOException {
        Path ecg = CommandRun.recording("ptbxl_00030", folder);
        Path bundle = bundle(ecg);

        CommandRun run = CommandRun.of("verify", bundle, "--recording", ecg, "--json");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().get(0).get("recording").isNull()).isTrue();
    }

    @Test
    void a_report_in_reduced_precision_says_so_and_is_made_again_in_the_same() throws IOException {
        Path ecg = CommandRun.recording("ptbxl_00030", folder);
        JsonNode reduced = CommandRun.of("interpret", ecg, "--precision", "int8-weights", "--report")
                .json()
                .get(0);
        JsonNode full = CommandRun.of("interpret", ecg, "--json").json().get(0);
        Path bundle = Files.writeString(
                folder.resolve("report.json"), reduced.get("bundle").toString());

        CommandRun run = CommandRun.of("verify", bundle, "--recording", ecg, "--json");

        double changed = 0;
        for (Map.Entry<String, JsonNode> score : full.get("scores").properties()) {
            changed = Math.max(
                    changed,
                    Math.abs(score.getValue().asDouble()
                            - reduced.get("scores").get(score.getKey()).asDouble()));
        }
        assertThat(changed).isGreaterThan(1e-3); // more than verify allows
        assertThat(run.code()).as(run.err() + run.out()).isZero();
        assertThat(run.json().get(0).get("precision").asText()).isEqualTo("int8-weights");
        assertThat(run.json().get(0).get("largestScoreDifference").asDouble()).isLessThan(1e-6);
    }

    @Test
    void another_ecg_is_told_by_its_hash() throws IOException {
        Path bundle = bundle(CommandRun.recording("ptbxl_00030", folder));

        CommandRun run =
                CommandRun.of("verify", bundle, "--recording", CommandRun.recording("ptbxl_00108", folder), "--json");

        assertThat(run.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.json().get(0).get("reason").asText()).isEqualTo("INPUT_CHANGED");
    }

    @Test
    void a_changed_score_and_a_finding_that_was_taken_out_are_named() throws IOException {
        Path ecg = CommandRun.recording("ptbxl_00030", folder);
        Bundle report = parse(bundle(ecg));
        report.getEntry()
                .removeIf(entry -> entry.getResource() instanceof org.hl7.fhir.r4.model.Observation one
                        && one.getValue() instanceof org.hl7.fhir.r4.model.CodeableConcept);
        report.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(org.hl7.fhir.r4.model.Observation.class::isInstance)
                .map(org.hl7.fhir.r4.model.Observation.class::cast)
                .flatMap(one -> one.getComponent().stream())
                .filter(component -> component.hasValueQuantity())
                .findFirst()
                .orElseThrow()
                .getValueQuantity()
                .setValue(new java.math.BigDecimal("0.123"));

        CommandRun run = CommandRun.of("verify", write(report), "--recording", ecg, "--json");

        assertThat(run.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.json().get(0).get("outcome").asText()).isEqualTo("different");
        assertThat(run.json().get(0).get("differences").findValuesAsText("what"))
                .contains("score", "finding");
    }

    @Test
    void another_model_than_the_reports_is_wrong_usage() throws IOException {
        Path ecg = CommandRun.recording("ptbxl_00030", folder);

        CommandRun run =
                CommandRun.of("verify", bundle(ecg), "--recording", ecg, "--model", CommandRun.weights(1, folder));

        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("the report was made with sha256:");
    }

    @Test
    void what_is_no_report_is_refused_and_a_server_that_does_not_answer_is_a_failure() throws IOException {
        Path ecg = CommandRun.recording("ptbxl_00030", folder);
        assertThat(CommandRun.of("verify", ecg).code()).isEqualTo(ExitCode.REFUSED);
        assertThat(CommandRun.of("verify", TestServer.server().fhirUrl() + "/DiagnosticReport/there-is-none")
                        .code())
                .isEqualTo(ExitCode.REFUSED);
        assertThat(CommandRun.of("verify", "http://localhost:1/fhir/DiagnosticReport/1")
                        .code())
                .isEqualTo(ExitCode.FAILED);
    }

    private Path bundle(Path ecg) throws IOException {
        JsonNode line = CommandRun.of("interpret", ecg, "--report").json().get(0);
        return Files.writeString(
                folder.resolve("report.json"), line.get("bundle").toString());
    }

    private static Bundle parse(Path file) throws IOException {
        return FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, Files.readString(file));
    }

    private Path write(Bundle bundle) throws IOException {
        return Files.writeString(
                folder.resolve("changed.json"),
                FhirContext.forR4Cached().newJsonParser().encodeResourceToString(bundle));
    }
}
