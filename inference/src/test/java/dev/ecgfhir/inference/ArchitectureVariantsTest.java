package dev.ecgfhir.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.inference.checkpoint.Architecture;
import dev.ecgfhir.inference.checkpoint.Architecture.Stage;
import dev.ecgfhir.inference.checkpoint.CheckpointReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Networks of other widths and depths than the published one: read off their shapes, answered by both engines as by the plain loops in
 * float64, which are held against the reference themselves ({@link DirectForwardTest}).
 *
 * <p>Weights are those of the fixtures' formula. The inputs are short, because the shapes of the weights do not depend on their
 * length; odd at most layers, so that every kind of padding is met.
 */
class ArchitectureVariantsTest {
    private static final Logger LOG = LoggerFactory.getLogger(ArchitectureVariantsTest.class);
    private static final int SAMPLES = 77;

    /** Sizes of the paper's ablations, the smallest and the largest among them; it does not publish their widths, so these are ours. */
    @ParameterizedTest
    @CsvSource({
        "12, 48, '48,96,96,256,256,640,640', '2,2,2,4,3,4,3', 11_700_000",
        "1, 64, '64,160,160,400,400,1024,1024', '2,2,2,4,5,3,3', 25_600_000",
        "12, 64, '64,160,160,400,400,1024,2048', '2,2,2,3,3,9,6', 110_000_000",
    })
    void sizes_of_the_published_ablations(
            int leads, int base, String filters, String blocks, String weights, @TempDir Path folder)
            throws IOException {
        long used = check(new Architecture(leads, base, 16, 16, stages(filters, blocks), 150), folder);
        assertThat((double) used / Long.parseLong(weights.replace("_", ""))).isBetween(0.99, 1.01);
    }

    @ParameterizedTest
    @CsvSource({
        "12, 8, 1, 8, '8', '1', 1", // one block of all, no width in time
        "1, 6, 3, 2, '6,10,22', '3,1,2', 7", // odd numbers of groups, even and odd padding
        "12, 7, 16, 1, '7,9', '1,5', 150", // groups of one channel, odd widths
        "1, 96, 32, 96, '96,192', '2,2', 33", // few wide groups, a kernel longer than the late signals
        "12, 16, 2, 16, '16,16,16,16,16,16,16,16,16', '1,1,1,1,1,1,1,1,1', 5", // more halvings than the signal has
    })
    void any_width_depth_kernel_and_group(
            int leads, int base, int kernel, int group, String filters, String blocks, int labels, @TempDir Path folder)
            throws IOException {
        check(new Architecture(leads, base, kernel, group, stages(filters, blocks), labels), folder);
    }

    private static long check(Architecture architecture, Path folder) throws IOException {
        Path file = folder.resolve("variant.pth");
        FormulaWeights.write(file, architecture);
        ModelInput input = input(architecture.leads());
        double[][] expected = new DirectForward(CheckpointReader.read(file)).run(exact(input));
        long used = 0;
        for (String engine : List.of("pytorch", "vector")) {
            try (LoadedModel loaded = EcgModels.load(file, new InferenceConfig(engine, "cpu", 1))) {
                ModelDescription description = loaded.model().description();
                assertThat(description.stages())
                        .isEqualTo(architecture.stages().stream()
                                .map(stage -> new ModelDescription.Stage(
                                        stage.filters(),
                                        stage.blocks(),
                                        architecture.groupWidth(),
                                        architecture.kernel()))
                                .toList());
                assertThat(description.labels()).hasSize(architecture.labels());
                used = description.usedWeights();
                Parity parity = new Parity();
                Scores found = loaded.model().score(List.of(input)).get(0);
                parity.compare(engine, found, expected[0], expected[1]);
                LOG.info("{} weights, {}, {}", used, loaded.model().engine(), parity);
            }
        }
        return used;
    }

    private static List<Stage> stages(String filters, String blocks) {
        int[] width = numbers(filters);
        int[] depth = numbers(blocks);
        assertThat(width).hasSameSizeAs(depth);
        return new ArrayList<>(IntStream.range(0, width.length)
                .mapToObj(i -> new Stage(width[i], depth[i]))
                .toList());
    }

    private static int[] numbers(String list) {
        return Arrays.stream(list.split(",")).mapToInt(Integer::parseInt).toArray();
    }

    private static ModelInput input(int leads) {
        float[][] window = new float[leads][SAMPLES];
        for (int lead = 0; lead < leads; lead++) {
            for (int t = 0; t < SAMPLES; t++) {
                window[lead][t] = (float) (Math.sin(0.31 * t + lead) + 0.5 * Math.cos(1.7 * t * (lead + 1)));
            }
        }
        return ModelInput.of(window);
    }

    private static double[][] exact(ModelInput input) {
        float[] values = new float[input.leads() * input.samples()];
        input.copyTo(values, 0);
        double[][] exact = new double[input.leads()][input.samples()];
        for (int i = 0; i < values.length; i++) {
            exact[i / input.samples()][i % input.samples()] = values[i];
        }
        return exact;
    }
}
