package dev.ecgfhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ecgfhir.inference.npy.NpyArray;
import dev.ecgfhir.inference.npy.NpyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedTest {
    @TempDir
    Path folder;

    @Test
    void writes_a_row_for_each_window_and_says_which_it_is() throws IOException {
        Path twelve = CommandRun.recording("ptbxl_00330", folder);
        Path single = CommandRun.recording("cinc17_A00027", folder);
        Path output = folder.resolve("x.npy");

        CommandRun run = CommandRun.of("embed", "--json", "--output", output, twelve, single);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("DEMONSTRATION WEIGHTS").contains("2 embedded; 4 rows in " + output);
        assertThat(run.json())
                .extracting(line -> line.get("firstRow").intValue())
                .containsExactly(0, 1);
        assertThat(run.json())
                .extracting(line -> line.get("windows").intValue())
                .containsExactly(1, 3);
        NpyArray array = NpyFile.read(output);
        assertThat(array.shape()).containsExactly(4, 128);
        List<JsonNode> index = index("x.jsonl");
        assertThat(index).extracting(line -> line.get("row").intValue()).containsExactly(0, 1, 2, 3);
        assertThat(index).extracting(line -> line.get("leads").intValue()).containsExactly(12, 1, 1, 1);
        assertThat(index)
                .extracting(line -> line.get("startSeconds").doubleValue())
                .containsExactly(0.0, 0.0, 10.0, 20.0);
        assertThat(index.get(3).get("input").asText()).isEqualTo(single.toString());
        assertThat(index.get(3).get("modelHash")).isEqualTo(run.json().get(1).get("modelHash"));
        assertThat(index.get(0).get("demonstration").booleanValue()).isTrue();
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
    }

    /** The same windows by two other commands: preprocess, then model run. */
    @Test
    void writes_the_features_that_the_network_gives_the_preprocessed_window() throws IOException {
        Path ecg = CommandRun.recording("ptbxl_00330", folder);
        Path model = CommandRun.weights(12, folder);
        Path output = folder.resolve("x.npy");
        assertThat(CommandRun.of("embed", "--model", model, "--output", output, ecg)
                        .code())
                .isZero();
        Path raw = folder.resolve("raw.npy");
        NpyFile.write(raw, NpyArray.ofRows(millivolts(ecg)));
        Path windows = folder.resolve("windows.npy");
        assertThat(CommandRun.of("preprocess", "--input", raw, "--sampling-frequency", 500, "--output", windows)
                        .code())
                .isZero();
        assertThat(CommandRun.of("model", "run", "--model", model, "--input", windows, "--output", folder)
                        .code())
                .isZero();

        float[] found = NpyFile.read(output).floats();
        float[] expected = NpyFile.read(folder.resolve("features.npy")).floats();

        assertThat(found).hasSize(128);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).as("feature %d", i).isCloseTo(expected[i], within(5e-5f));
        }
    }

    @Test
    void tells_refused_and_ignored_inputs_and_gives_them_no_row() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"resourceType\":");
        Path patient = Files.writeString(folder.resolve("patient.json"), "{\"resourceType\":\"Patient\"}");
        Path good = CommandRun.recording("ptbxl_00330", folder);
        Path output = folder.resolve("x.npy");

        CommandRun run = CommandRun.of("embed", "--json", "--output", output, broken, patient, good);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.json())
                .extracting(line -> line.get("outcome").asText())
                .containsExactly("refused", "ignored", "ok");
        assertThat(run.json().get(0).has("firstRow")).isFalse();
        assertThat(NpyFile.read(output).shape()).containsExactly(1, 128);
        assertThat(index("x.jsonl")).hasSize(1);
        CommandRun text = CommandRun.of("embed", "--output", output, broken);
        assertThat(text.code()).isEqualTo(1);
        assertThat(text.out()).contains("broken.json", "UNREADABLE");
        assertThat(text.err()).contains("0 embedded, 1 refused; 0 rows");
        assertThat(NpyFile.read(output).shape()).containsExactly(0, 128);
    }

    @Test
    void refuses_an_output_that_it_could_not_write_before_it_reads_anything() {
        Path ecg = CommandRun.recording("ptbxl_00330", folder);
        assertThat(CommandRun.of("embed", "--output", folder.resolve("x.csv"), ecg))
                .satisfies(run -> assertThat(run.code()).isEqualTo(2))
                .satisfies(run -> assertThat(run.err()).contains("the name must end in .npy"));
        assertThat(CommandRun.of("embed", "--output", folder.resolve("no/x.npy"), ecg))
                .satisfies(run -> assertThat(run.code()).isEqualTo(2))
                .satisfies(run -> assertThat(run.err()).contains("is not there"));
        assertThat(CommandRun.of("embed", ecg).code()).isEqualTo(2);
    }

    private static org.assertj.core.data.Offset<Float> within(float value) {
        return org.assertj.core.data.Offset.offset(value); // float32: one window alone, the same network
    }

    private List<JsonNode> index(String name) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        return Files.readAllLines(folder.resolve(name)).stream()
                .map(line -> {
                    try {
                        return mapper.readTree(line);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private static double[][] millivolts(Path observation) throws IOException {
        JsonNode components = new ObjectMapper().readTree(observation.toFile()).get("component");
        double[][] leads = new double[components.size()][];
        for (int lead = 0; lead < leads.length; lead++) {
            JsonNode data = components.get(lead).get("valueSampledData");
            double factor = data.path("factor").asDouble(1);
            double origin = data.at("/origin/value").asDouble();
            double scale = data.at("/origin/code").asText().equals("uV") ? 1e-3 : 1;
            leads[lead] = Arrays.stream(data.get("data").asText().split(" "))
                    .mapToDouble(text -> (origin + factor * Double.parseDouble(text)) * scale)
                    .toArray();
        }
        return leads;
    }
}
