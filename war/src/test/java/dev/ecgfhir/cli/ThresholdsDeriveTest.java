package dev.ecgfhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the bundled recordings, which the demonstration weights saw in training: what is tested is the command, not the network. */
class ThresholdsDeriveTest {
    private static final List<String> ECGS = List.of(
            "ptbxl_00002",
            "ptbxl_00030",
            "ptbxl_00108",
            "ptbxl_00180",
            "ptbxl_00292",
            "ptbxl_00330",
            "ptbxl_00363",
            "ptbxl_00424");

    /** Eight recordings are too few to say anything of patients who were not seen, so each stands for several patients. */
    private static final int COPIES = 4;

    @TempDir
    Path folder;

    private Path model;
    private List<Path> files;

    @BeforeEach
    void copy() throws IOException {
        model = CommandRun.weights(12, folder);
        files = new ArrayList<>();
        for (int copy = 0; copy < COPIES; copy++) {
            Path into = Files.createDirectory(folder.resolve("copy" + copy));
            ECGS.forEach(name -> files.add(CommandRun.recording(name, into)));
        }
    }

    @Test
    void derives_a_table_that_interpret_then_decides_by() throws IOException {
        Path table = folder.resolve("t.csv");
        Path labels = labels("file,labels", byScore("SINUS RHYTHM"));

        CommandRun run = derive(labels, table, "--json", "--seed", 5, "--min-positives", 2, "--calibrate");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("seed 5, 1000 draws, 32 recordings").contains("written to " + table);
        JsonNode result = run.json().get(0);
        JsonNode sinus = label(result, "SINUS RHYTHM");
        assertThat(sinus.get("outcome").asText()).isEqualTo("DERIVED");
        assertThat(sinus.get("positives").intValue()).isEqualTo(16);
        assertThat(sinus.get("sensitivity").doubleValue()).isEqualTo(1);
        assertThat(sinus.get("thresholdValidated").booleanValue())
                .as("demonstration weights")
                .isFalse();
        assertThat(label(result, "ATRIAL FLUTTER").get("outcome").asText()).isEqualTo("TOO_FEW_POSITIVES");
        assertThat(label(result, "ATRIAL FLUTTER").get("positives").intValue()).isZero();
        assertThat(label(result, "ACUTE MI").get("outcome").asText()).isEqualTo("NOT_ASSESSED");
        assertThat(Files.readString(table))
                .contains("\nmodel,sha256:91f6e7c83ef1eaff928067878b546b5f680441489c3618759bd390d7eb746730\n");

        CommandRun read = CommandRun.of(all("interpret", "--json", "--model", model, "--thresholds", table));
        assertThat(read.code()).as(read.err()).isZero();
        double threshold = sinus.get("threshold").doubleValue();
        for (JsonNode ecg : read.json()) {
            double score = ecg.get("scores").get("SINUS RHYTHM").doubleValue();
            List<JsonNode> found = stream(ecg.get("findings"))
                    .filter(finding -> finding.get("label").asText().equals("SINUS RHYTHM"))
                    .toList();
            assertThat(found).hasSize(score >= threshold ? 1 : 0).allSatisfy(finding -> {
                assertThat(finding.get("threshold").doubleValue()).isEqualTo(threshold);
                assertThat(finding.get("probability").doubleValue()).isBetween(0.3, 1.0);
            });
        }
    }

    @Test
    void the_same_seed_writes_the_same_table() throws IOException {
        Path labels = labels("file,labels", byScore("SINUS RHYTHM"));
        Path first = folder.resolve("a.csv");
        Path second = folder.resolve("b.csv");
        Object[] options = {"--seed", 9, "--min-positives", 2, "--name", "mine-1", "--grey-zone"};

        assertThat(derive(labels, first, options).code()).isZero();
        assertThat(derive(labels, second, options).code()).isZero();

        assertThat(Files.readString(second)).isEqualTo(Files.readString(first)).contains("\nversion,mine-1\n");
    }

    @Test
    void pretends_nothing_where_no_label_has_positives_enough() throws IOException {
        Path table = folder.resolve("t.csv");

        CommandRun run = derive(labels("file,labels", byScore("SINUS RHYTHM")), table);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err())
                .contains("no label has what a threshold needs, so nothing was written; --min-positives is 20");
        assertThat(run.out()).contains("SINUS RHYTHM").contains("TOO_FEW_POSITIVES (16 with it, 16 without)");
        assertThat(table).doesNotExist();
    }

    @Test
    void an_ecg_without_row_is_refused_and_told() throws IOException {
        List<String> rows = new ArrayList<>(byScore("SINUS RHYTHM"));
        rows.remove(rows.size() - 1);

        CommandRun run = derive(
                labels("file,labels", rows), folder.resolve("t.csv"), "--json", "--seed", 1, "--min-positives", 2);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.json().get(0).get("unused").get(0).get("reason").asText())
                .isEqualTo("NO_LABELS");
    }

    @Test
    void tells_all_mistakes_of_the_labels_at_once() throws IOException {
        Path labels =
                labels("file,labels,weather", List.of("a.json,SINUS RYTHM;NORMAL ECG,fine", "b.json", "a.json,,rain"));

        CommandRun run = derive(labels, folder.resolve("t.csv"));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("line 1: column 'weather' is not one of file, labels, resource, patient, unknown")
                .contains("line 2: the model has no label 'SINUS RYTHM'")
                .contains("line 3: has 1 columns, expected 3")
                .contains("line 4: 'a.json' stands above already");
    }

    @Test
    void a_table_of_another_model_is_refused() throws IOException {
        Path table = folder.resolve("t.csv");
        assertThat(derive(labels("file,labels", byScore("SINUS RHYTHM")), table, "--seed", 1, "--min-positives", 2)
                        .code())
                .isZero();

        CommandRun run = CommandRun.of(
                "interpret", "--model", CommandRun.weights(1, folder), "--thresholds", table, files.get(0));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("was made for the model sha256:91f6", "which is none of those in use: sha256:7f62");
    }

    @Test
    void never_overwrites_a_table() throws IOException {
        Path table = Files.writeString(folder.resolve("t.csv"), "precious");

        assertThat(derive(labels("file,labels", byScore("SINUS RHYTHM")), table).code())
                .isEqualTo(2);
        assertThat(table).hasContent("precious");
    }

    /** Labels that the scores part perfectly: the higher half has it. */
    private List<String> byScore(String label) {
        List<JsonNode> ecgs =
                CommandRun.of(all("interpret", "--json", "--model", model)).json();
        List<Double> scores = ecgs.stream()
                .map(ecg -> ecg.get("scores").get(label).doubleValue())
                .toList();
        double middle = scores.stream().sorted().toList().get(scores.size() / 2);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            rows.add(folder.relativize(files.get(i)) + "," + (scores.get(i) >= middle ? label : ""));
        }
        return rows;
    }

    private Path labels(String header, List<String> rows) throws IOException {
        return Files.writeString(folder.resolve("labels.csv"), header + "\n" + String.join("\n", rows) + "\n");
    }

    private CommandRun derive(Path labels, Path table, Object... options) {
        List<Object> arguments = new ArrayList<>(
                List.of("thresholds", "derive", "--model", model, "--labels", labels, "--output", table));
        arguments.addAll(List.of(options));
        return CommandRun.of(all(arguments.toArray()));
    }

    private Object[] all(Object... arguments) {
        return Stream.concat(Stream.of(arguments), files.stream()).toArray();
    }

    private static JsonNode label(JsonNode result, String name) {
        return stream(result.get("labels"))
                .filter(label -> label.get("label").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
