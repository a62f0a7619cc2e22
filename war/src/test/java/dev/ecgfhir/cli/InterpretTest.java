package dev.ecgfhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterpretTest {
    /** Trained outputs of the demonstration weights and the others: their README. */
    private static final int TRAINED = 34;

    private static final String SNOMED_CT = "http://snomed.info/sct";

    @TempDir
    Path folder;

    @Test
    void scores_a_recording_with_the_demonstration_weights_and_says_so() {
        CommandRun run = CommandRun.of("interpret", "--json", CommandRun.recording("ptbxl_00330", folder));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("DEMONSTRATION WEIGHTS", "not ECGFounder", "not for patients");
        JsonNode line = run.json().get(0);
        assertThat(line.get("outcome").asText()).isEqualTo("ok");
        assertThat(line.get("modelHash").asText()).matches("sha256:[0-9a-f]{64}");
        assertThat(line.get("demonstration").booleanValue()).isTrue();
        assertThat(line.get("windows").intValue()).isEqualTo(1);
        assertThat(line.get("scores").size()).isEqualTo(150);
        assertThat(line.get("scores")).filteredOn(JsonNode::isNumber).hasSize(TRAINED);
        assertThat(line.get("scores")).filteredOn(JsonNode::isNull).hasSize(150 - TRAINED);
        assertThat(line.get("windowScores").size()).isEqualTo(1);
        assertThat(line.get("windowScores").get(0).get("ATRIAL FIBRILLATION").doubleValue())
                .isEqualTo(line.get("scores").get("ATRIAL FIBRILLATION").doubleValue());
        assertThat(line.has("bundle")).isFalse();
    }

    @Test
    void codes_a_finding_and_only_tells_one_that_gives_way_to_it() {
        CommandRun run = CommandRun.of("interpret", "--json", CommandRun.recording("ptbxl_00330", folder));
        JsonNode line = run.json().get(0);
        JsonNode fibrillation = finding(line, "ATRIAL FIBRILLATION");
        assertThat(fibrillation.get("score").doubleValue()).isGreaterThan(0.5);
        assertThat(fibrillation.get("threshold").doubleValue()).isEqualTo(0.5);
        assertThat(fibrillation.get("thresholdValidated").booleanValue()).isFalse();
        assertThat(fibrillation.get("code").get("system").asText()).isEqualTo(SNOMED_CT);
        assertThat(fibrillation.get("code").get("code").asText()).isEqualTo("164889003");
        JsonNode normal = finding(line, "NORMAL ECG");
        assertThat(normal.get("asserted").booleanValue()).isFalse();
        assertThat(normal.get("code").isNull()).isTrue();
    }

    @Test
    void codes_exactly_what_the_report_codes() {
        CommandRun run = CommandRun.of("interpret", "--report", CommandRun.recording("ptbxl_00330", folder));
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode line = run.json().get(0);
        JsonNode bundle = line.get("bundle");
        assertThat(bundle.get("type").asText()).isEqualTo("transaction");
        JsonNode report = StreamSupport.stream(bundle.get("entry").spliterator(), false)
                .map(entry -> entry.get("resource"))
                .filter(resource -> resource.get("resourceType").asText().equals("DiagnosticReport"))
                .findFirst()
                .orElseThrow();
        assertThat(report.get("status").asText()).isEqualTo("preliminary");
        assertThat(report.get("conclusionCode").findValuesAsText("code"))
                .containsExactlyElementsOf(line.get("findings").findValues("code").stream()
                        .filter(JsonNode::isObject)
                        .map(code -> code.get("code").asText())
                        .toList());
    }

    @Test
    void keeps_the_scores_of_each_window_and_their_mean() {
        CommandRun run = CommandRun.of("interpret", "--json", CommandRun.recording("cinc17_A00027", folder));
        JsonNode line = run.json().get(0);
        assertThat(line.get("model").asText()).isEqualTo("1-lead");
        assertThat(line.get("windows").intValue()).isEqualTo(3);
        assertThat(line.get("windowStarts").toString()).isEqualTo("[0.0,10.0,20.0]");
        double sum = 0;
        for (JsonNode window : line.get("windowScores")) {
            sum += window.get("ATRIAL FIBRILLATION").doubleValue();
        }
        assertThat(line.get("scores").get("ATRIAL FIBRILLATION").doubleValue())
                .isCloseTo(sum / 3, org.assertj.core.data.Offset.offset(1e-12));
    }

    @Test
    void shows_the_scores_of_inverted_lead_I_on_request_and_changes_no_other_field() {
        Path single = CommandRun.recording("cinc17_A00027", folder);
        Path twelve = CommandRun.recording("ptbxl_00330", folder);

        CommandRun plain = CommandRun.of("interpret", "--json", single, twelve);
        CommandRun checked = CommandRun.of("interpret", "--json", "--inversion-check", single, twelve);

        assertThat(checked.code()).as(checked.err()).isZero();
        ObjectNode line = (ObjectNode) checked.json().get(0);
        JsonNode inverted = line.remove("invertedScores");
        assertThat(inverted).filteredOn(JsonNode::isNumber).hasSize(TRAINED);
        assertThat(inverted.get("ATRIAL FIBRILLATION")).isNotEqualTo(line.at("/scores/ATRIAL FIBRILLATION"));
        assertThat(line).isEqualTo(plain.json().get(0));
        assertThat(checked.json().get(1)).isEqualTo(plain.json().get(1));
        assertThat(CommandRun.of("interpret", "--inversion-check", single).out())
                .contains("inverted lead I: ");
    }

    @Test
    void refuses_what_no_given_model_can_read() {
        Path single = CommandRun.weights(1, folder);
        Path twelve = CommandRun.weights(12, folder);
        Path ecg = CommandRun.recording("cinc17_A00027", folder);
        CommandRun run = CommandRun.of("interpret", "--json", "--model", twelve, ecg);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.json().get(0).get("outcome").asText()).isEqualTo("refused");
        assertThat(run.json().get(0).get("reason").asText()).isEqualTo("NO_MODEL");
        CommandRun both = CommandRun.of("interpret", "--json", "--model", twelve, "--model", single, ecg);
        assertThat(both.code()).as(both.out()).isZero();
    }

    @Test
    void goes_on_after_an_input_that_cannot_be_read() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"resourceType\":");
        CommandRun run = CommandRun.of("interpret", "--json", broken, CommandRun.recording("ptbxl_00292", folder));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.json()).extracting(line -> line.get("outcome").asText()).containsExactly("refused", "ok");
    }

    @Test
    void refuses_models_that_cannot_be_used_as_wrong_configuration() throws IOException {
        Path ecg = CommandRun.recording("ptbxl_00292", folder);
        Path twelve = CommandRun.weights(12, folder);
        Path damaged = Files.write(
                folder.resolve("damaged.pth"), java.util.Arrays.copyOf(Files.readAllBytes(twelve), 100_000));
        for (List<Object> models : List.<List<Object>>of(
                List.of("--model", folder.resolve("missing.pth")),
                List.of("--model", damaged),
                List.of("--model", twelve, "--model", twelve))) {
            List<Object> line = new java.util.ArrayList<>(List.of("interpret", ecg));
            line.addAll(models);
            CommandRun run = CommandRun.of(line.toArray());
            assertThat(run.code()).as(run.err()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).startsWith("ecgfhir: ").doesNotContain("\tat ");
        }
    }

    @Test
    void reads_well_without_json() {
        CommandRun run = CommandRun.of("interpret", CommandRun.recording("ptbxl_00330", folder));
        assertThat(run.out())
                .contains("DEMONSTRATION WEIGHTS")
                .containsPattern("Atrial fibrillation +0\\.\\d{3}  SNOMED CT 164889003 ")
                .contains("not validated")
                .containsPattern("Normal ECG +0\\.\\d{3}  not asserted: it contradicts another finding");
    }

    private static JsonNode finding(JsonNode line, String label) {
        return StreamSupport.stream(line.get("findings").spliterator(), false)
                .filter(finding -> finding.get("label").asText().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + label + " in " + line.get("findings")));
    }
}
