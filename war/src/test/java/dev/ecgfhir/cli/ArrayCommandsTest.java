package dev.ecgfhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ecgfhir.inference.npy.NpyArray;
import dev.ecgfhir.inference.npy.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands on arrays: preprocess, model run, model info. */
class ArrayCommandsTest {
    private static final long SEED = 4;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "--stage, clean, 2:3000",
        "--stage, notch, 2:3000",
        "--stage, bandpass, 2:3000",
        "--stage, baseline, 2:3000",
        "--stage, filtered, 2:3000",
        "--stage, zscore, 2:3000",
        "--stage, windows, 1:2:5000",
        "--reference, zscore, 2:3000",
        "--reference, zscore_then_resample, 2:5000",
        "--reference, resample_then_zscore, 2:5000",
        "--reference, ptbxl, 2:5000"
    })
    void preprocess_writes_each_stage_in_its_shape(String option, String stage, String shape) throws IOException {
        Path output = folder.resolve("y.npy");
        CommandRun run = CommandRun.of(
                "preprocess",
                "--input",
                signal(2, 3000),
                "--sampling-frequency",
                250,
                "--output",
                output,
                option,
                stage);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(NpyFile.read(output).shape()).containsExactly(shape(shape));
    }

    @Test
    void preprocess_cuts_windows_by_default() throws IOException {
        Path output = folder.resolve("y.npy");
        CommandRun run = CommandRun.of(
                "preprocess", "--input", signal(12, 12_600), "--sampling-frequency", 500, "--output", output);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(NpyFile.read(output).shape()).containsExactly(2, 12, 5000); // 25.2 s: the last 5.2 s are dropped
    }

    @Test
    void preprocess_refuses_an_input_that_it_cannot_use_and_writes_nothing() throws IOException {
        Path output = folder.resolve("y.npy");
        Path tooShort = signal(1, 1000); // 2 s at 500 Hz
        Path text = Files.writeString(folder.resolve("text.npy"), "text");
        Path flat = folder.resolve("flat.npy");
        NpyFile.write(flat, NpyArray.ofDoubles(new double[5000], 5000));
        for (Path input : new Path[] {tooShort, text, flat, folder.resolve("missing.npy")}) {
            CommandRun run =
                    CommandRun.of("preprocess", "--input", input, "--sampling-frequency", 500, "--output", output);
            assertThat(run.code()).as(run.err()).isEqualTo(1);
            assertThat(run.err()).contains(input.toString()).doesNotContain("\tat ");
            assertThat(output).doesNotExist();
        }
    }

    @Test
    void model_run_writes_one_row_for_each_window() throws IOException {
        Path input = folder.resolve("x.npy");
        float[] values = new float[3 * 12 * 700];
        Random random = new Random(SEED);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        NpyFile.write(input, NpyArray.ofFloats(values, 3, 12, 700));
        Path output = folder.resolve("out");
        CommandRun run = CommandRun.of(
                "model", "run", "--model", CommandRun.weights(12, folder), "--input", input, "--output", output);
        assertThat(run.code()).as(run.err()).isZero();
        NpyArray logits = NpyFile.read(output.resolve("logits.npy"));
        NpyArray scores = NpyFile.read(output.resolve("scores.npy"));
        assertThat(logits.shape()).containsExactly(3, 150);
        assertThat(scores.shape()).containsExactly(3, 150);
        assertThat(NpyFile.read(output.resolve("features.npy")).shape()).containsExactly(3, 128);
        for (int i = 0; i < 450; i++) {
            assertThat(scores.doubles()[i])
                    .isCloseTo(1 / (1 + Math.exp(-logits.doubles()[i])), org.assertj.core.data.Offset.offset(1e-7));
        }
    }

    @Test
    void model_run_refuses_the_wrong_number_of_leads_and_numbers_that_are_none() throws IOException {
        Path model = CommandRun.weights(12, folder);
        Path single = folder.resolve("single.npy");
        NpyFile.write(single, NpyArray.ofFloats(new float[5000], 1, 5000));
        Path gap = folder.resolve("gap.npy");
        float[] values = new float[12 * 500];
        values[17] = Float.NaN;
        NpyFile.write(gap, NpyArray.ofFloats(values, 12, 500));
        CommandRun leads =
                CommandRun.of("model", "run", "--model", model, "--input", single, "--output", folder.resolve("out"));
        assertThat(leads.code()).isEqualTo(1);
        assertThat(leads.err()).contains("has shape [1, 5000], that is 1 leads; the model takes 12");
        CommandRun missing =
                CommandRun.of("model", "run", "--model", model, "--input", gap, "--output", folder.resolve("out"));
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("value 17 in C order is NaN");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void model_info_says_what_a_checkpoint_is() {
        Path model = CommandRun.weights(1, folder);
        CommandRun run = CommandRun.of("model", "info", "--json", "--model", model);
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode line = run.json().get(0);
        assertThat(line.get("leads").intValue()).isEqualTo(1);
        assertThat(line.get("labels").intValue()).isEqualTo(150);
        assertThat(line.get("unusedWeights").intValue()).isZero();
        assertThat(line.get("stages").size()).isEqualTo(7);
        assertThat(line.get("stages").get(6).toString())
                .isEqualTo("{\"filters\":128,\"blocks\":2,\"groupWidth\":16,\"kernel\":16}");
        assertThat(line.get("sha256").asText()).matches("[0-9a-f]{64}");
        assertThat(CommandRun.of("model", "info", "--model", model).out())
                .contains(
                        "Demonstration network, 1-lead (not ECGFounder)",
                        line.get("sha256").asText());
    }

    @Test
    void model_info_refuses_what_is_no_checkpoint() throws IOException {
        Path text = Files.writeString(folder.resolve("text.pth"), "text");
        CommandRun run = CommandRun.of("model", "info", "--json", "--model", text);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(text.toString()).doesNotContain("\tat ");
    }

    private Path signal(int leads, int samples) throws IOException {
        Random random = new Random(SEED);
        double[] values = random.doubles((long) leads * samples, -1, 1).toArray();
        Path file = folder.resolve("x-" + leads + "-" + samples + ".npy");
        NpyFile.write(file, NpyArray.ofDoubles(values, leads, samples));
        return file;
    }

    private static int[] shape(String text) {
        return java.util.Arrays.stream(text.split(":"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
