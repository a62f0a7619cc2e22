package dev.ecgfhir.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contracts of the command line that scripts rely on: outputs, JSON lines, exit codes. */
class CommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FIXTURES = Path.of("..", "inference", "src", "test", "resources", "fixtures");

    @TempDir
    Path folder;

    @Test
    void help_and_every_commands_help_end_with_0() throws Exception {
        War.Result help = War.run(folder, "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("inspect", "interpret", "model", "preprocess", "terminology", "demo", "serve");
        assertThat(War.run(folder, "interpret", "--help").exitCode()).isZero();
        assertThat(War.run(folder, "serve", "--help").exitCode()).isZero();
    }

    @Test
    void wrong_usage_ends_with_2_and_says_what_is_wrong() throws Exception {
        War.Result unknown = War.run(folder, "interprett");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("interprett");
        assertThat(War.run(folder, "inspect").exitCode()).isEqualTo(2);
        assertThat(War.run(folder).exitCode()).isEqualTo(2);
    }

    @Test
    void inspect_tells_each_ecg_on_a_line_of_json_and_runs_no_model() throws Exception {
        War.Result result = War.run(
                folder, "inspect", "--json", recording("ptbxl_00292.json").toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.lines()).hasSize(1);
        JsonNode ecg = JSON.readTree(result.lines().get(0));
        assertThat(ecg.path("outcome").asText()).isEqualTo("ok");
        assertThat(ecg.path("model").asText()).isEqualTo("12-lead");
        assertThat(ecg.path("seconds").asDouble()).isEqualTo(10.0);
        assertThat(ecg.path("leads")).hasSize(12);
        assertThat(ecg.path("leads").path("aVR").path("samples").asInt()).isEqualTo(5000);
        assertThat(ecg.path("leads").path("V6").path("samplingFrequency").asDouble())
                .isEqualTo(500.0);
        assertThat(ecg.path("reason").isNull()).isTrue();
    }

    @Test
    void a_damaged_and_a_missing_file_are_refused_inputs_and_the_others_go_on() throws Exception {
        Path damaged = Files.writeString(folder.resolve("damaged.json"), "{\"resourceType\":\"Observation\",");
        War.Result result = War.run(
                folder,
                "inspect",
                "--json",
                damaged.toString(),
                "missing.json",
                recording("cinc17_A00027.json").toString());
        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
        List<String> lines = result.lines();
        assertThat(lines).hasSize(3);
        for (String line : lines.subList(0, 2)) {
            assertThat(JSON.readTree(line).path("outcome").asText()).isEqualTo("refused");
            assertThat(JSON.readTree(line).path("reason").asText()).isEqualTo("UNREADABLE");
        }
        assertThat(JSON.readTree(lines.get(2)).path("model").asText()).isEqualTo("1-lead");
    }

    @Test
    void ignored_inputs_alone_end_with_0() throws Exception {
        Path patient = Files.writeString(folder.resolve("patient.json"), "{\"resourceType\":\"Patient\"}");
        War.Result result = War.run(folder, "inspect", "--json", patient.toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(JSON.readTree(result.out()).path("outcome").asText()).isEqualTo("ignored");
    }

    @Test
    void interpret_gives_scores_findings_and_the_transaction_that_would_be_delivered() throws Exception {
        War.Result result = War.run(
                folder,
                "interpret",
                "--json",
                "--report",
                recording("ptbxl_00424.json").toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("DEMONSTRATION");
        JsonNode ecg = JSON.readTree(result.out());
        assertThat(ecg.path("demonstration").asBoolean()).isTrue();
        assertThat(ecg.path("modelHash").asText()).startsWith("sha256:");
        assertThat(ecg.path("windows").asInt()).isEqualTo(1);
        assertThat(ecg.path("scores")).hasSize(150);
        assertThat(ecg.path("scores").path("SEPTAL INFARCT").isNull())
                .as("an output that was not trained has no score")
                .isTrue();
        assertThat(ecg.path("scores").path("RIGHT BUNDLE BRANCH BLOCK").asDouble())
                .isGreaterThan(0.9);
        assertThat(ecg.path("windowScores")).hasSize(1);
        JsonNode block = finding(ecg, "RIGHT BUNDLE BRANCH BLOCK");
        assertThat(block.path("code").path("system").asText()).isEqualTo("http://snomed.info/sct");
        assertThat(block.path("code").path("code").asText())
                .as("this ECG has a left anterior fascicular block too; one concept says both")
                .isEqualTo("445263008");
        assertThat(block.path("thresholdValidated").asBoolean()).isFalse();
        assertThat(ecg.path("bundle").path("type").asText()).isEqualTo("transaction");
        assertThat(ecg.path("bundle").path("entry").findValuesAsText("resourceType"))
                .contains("DiagnosticReport", "Observation", "Device", "Provenance");
    }

    @Test
    void an_ecg_that_no_given_model_can_read_is_refused() throws Exception {
        War.Result result = War.run(
                folder,
                "interpret",
                "--json",
                "--model",
                FIXTURES.resolve("model/tiny-12-lead.pth")
                        .toAbsolutePath()
                        .normalize()
                        .toString(),
                recording("cinc17_A00027.json").toString());
        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
        JsonNode ecg = JSON.readTree(result.out());
        assertThat(ecg.path("outcome").asText()).isEqualTo("refused");
        assertThat(ecg.path("reason").asText()).isEqualTo("NO_MODEL");
    }

    @Test
    void model_info_describes_a_checkpoint_and_refuses_a_hostile_one() throws Exception {
        War.Result result = War.run(
                folder,
                "model",
                "info",
                "--json",
                "--model",
                FIXTURES.resolve("model/tiny-12-lead.pth")
                        .toAbsolutePath()
                        .normalize()
                        .toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode info = JSON.readTree(result.out());
        assertThat(info.path("leads").asInt()).isEqualTo(12);
        assertThat(info.path("labels").asInt()).isEqualTo(150);
        assertThat(info.path("stages")).hasSize(7);
        assertThat(info.path("sha256").asText()).hasSize(64);

        War.Result hostile = War.run(
                folder,
                "model",
                "info",
                "--model",
                FIXTURES.resolve("model/bad/calls-os-system.pth")
                        .toAbsolutePath()
                        .normalize()
                        .toString());
        assertThat(hostile.exitCode()).isNotZero();
        assertThat(hostile.err()).contains("calls-os-system.pth");
    }

    @Test
    void preprocess_and_model_run_pass_arrays_on() throws Exception {
        Path windows = folder.resolve("windows.npy");
        War.Result prepared = War.run(
                folder,
                "preprocess",
                "--input",
                FIXTURES.resolve("preprocess/500-12-lead.input.npy")
                        .toAbsolutePath()
                        .normalize()
                        .toString(),
                "--sampling-frequency",
                "500",
                "--output",
                windows.toString());
        assertThat(prepared.exitCode()).as(prepared.err()).isZero();
        assertThat(Files.readString(windows, java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("'shape': (1, 12, 5000)");
        War.Result run = War.run(
                folder,
                "model",
                "run",
                "--model",
                FIXTURES.resolve("model/tiny-12-lead.pth")
                        .toAbsolutePath()
                        .normalize()
                        .toString(),
                "--input",
                FIXTURES.resolve("model/inputs/12-lead-ecg-a.npy")
                        .toAbsolutePath()
                        .normalize()
                        .toString(),
                "--output",
                folder.resolve("answers").toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        for (String name : List.of("logits.npy", "scores.npy", "features.npy")) {
            assertThat(folder.resolve("answers").resolve(name)).isNotEmptyFile();
        }
    }

    @Test
    void terminology_export_writes_the_resources_as_files() throws Exception {
        Path directory = folder.resolve("terminology");
        War.Result result = War.run(folder, "terminology", "export", "--output", directory.toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("CodeSystem-ecgfounder-labels.json")
                    .anyMatch(name -> name.startsWith("ConceptMap-"))
                    .anyMatch(name -> name.startsWith("ValueSet-"));
        }
        JsonNode labels = JSON.readTree(
                directory.resolve("CodeSystem-ecgfounder-labels.json").toFile());
        assertThat(labels.path("concept")).hasSize(150);
    }

    @Test
    void serve_without_a_model_does_not_start_and_says_how_to_get_one() throws Exception {
        War.Result result = War.run(folder, "serve", "--port", "0", "--ecgfhir.inference.threads=0");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("12_lead_ECGFounder.pth", "ecgfhir.model.twelve-lead")
                .contains("ecgfhir.inference.threads must be 1..256, was '0'");
    }

    private Path recording(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream stream = CommandsTest.class.getResourceAsStream("/dev/ecgfhir/demo/recordings/" + name)) {
            assertThat(stream).as(name).isNotNull();
            Files.copy(stream, file);
        }
        return file;
    }

    private static JsonNode finding(JsonNode ecg, String label) {
        for (JsonNode finding : ecg.path("findings")) {
            if (finding.path("label").asText().equals(label)) {
                return finding;
            }
        }
        throw new AssertionError("no finding '" + label + "' in " + ecg.path("findings"));
    }
}
