package dev.ecgfhir.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reduced precision on the network of the published size: as far from the reference as docs/benchmarks.md says, and no further. */
class PrecisionTest {
    private static final Logger LOG = LoggerFactory.getLogger(PrecisionTest.class);
    private static final Path SMALL = Fixtures.path("model/small-12-lead.pth");

    @TempDir
    private static Path folder;

    private static Path file;

    @BeforeAll
    static void write() throws IOException {
        file = folder.resolve("formula.pth");
        FormulaWeights.write(file, 12);
    }

    @ParameterizedTest // largest difference of a logit: measured, and half as much again
    @CsvSource({
        "bfloat16-weights, vector, 0.021",
        "float16-weights, vector, 0.0032",
        "int8-weights, vector, 0.052",
        "bfloat16, pytorch, 0.027"
    })
    void differs_from_the_reference_by_what_is_documented(String name, String engine, double measured) {
        Precision precision = Precision.of(name).orElseThrow();
        try (LoadedModel loaded = load(file, engine, precision)) {
            assertThat(loaded.model().description().precision()).isEqualTo(precision);
            assertThat(loaded.model().engine()).endsWith(" on cpu, " + name);
            double found = largestDifference(loaded.model());
            LOG.info("{} on {}: largest difference of a logit {}", name, engine, found);
            assertThat(found).isBetween(1e-3, 1.5 * measured);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bfloat16-weights", "float16-weights", "int8-weights"})
    void rounded_weights_give_the_same_answers_on_both_engines(String name) {
        Precision precision = Precision.of(name).orElseThrow();
        ModelInput input = Fixtures.input("model/inputs/12-lead-ecg-a.npy");
        try (LoadedModel vector = load(SMALL, "vector", precision);
                LoadedModel pytorch = load(SMALL, "pytorch", precision);
                LoadedModel full = load(SMALL, "vector", Precision.FLOAT32)) {
            float[] one = logits(vector, input);
            float[] other = logits(pytorch, input);
            double changed = 0;
            for (int i = 0; i < one.length; i++) {
                assertThat(Math.abs(one[i] - other[i])).isLessThanOrEqualTo(1e-4f);
                changed = Math.max(changed, Math.abs(one[i] - logits(full, input)[i]));
            }
            assertThat(changed).isGreaterThan(1e-4);
        }
    }

    @ParameterizedTest
    @CsvSource({"vector, cpu, engine 'vector'", "auto, gpu:0, device 'gpu:0'", "pytorch, gpu:0, device 'gpu:0'"})
    void a_precision_that_an_engine_or_device_lacks_is_refused_with_what_to_use(
            String engine, String device, String named) {
        assertThatThrownBy(() -> EcgModels.load(SMALL, new InferenceConfig(engine, device, 1, Precision.BFLOAT16)))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        e -> assertThat(e.reason()).isEqualTo(EngineException.Reason.PRECISION_UNAVAILABLE))
                .hasMessage("precision 'bfloat16' was asked for, " + named
                        + " does not have it; use engine 'pytorch' on cpu, or precision 'bfloat16-weights'");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "0, 0",
        "-0x1.fep0, -0x1.fep0",
        "0x1.01p0, 0x1p0",
        "0x1.03p0, 0x1.04p0",
        "0x1.fffffep127, 0x1.fep127"
    })
    void bfloat16_keeps_eight_bits_rounds_to_even_and_stays_finite(String value, String expected) {
        assertThat(WeightRounding.bfloat16(Float.parseFloat(value))).isEqualTo(Float.parseFloat(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "0x1.002p0, 0x1p0",
        "0x1.006p0, 0x1.008p0",
        "70000, 65504",
        "-70000, -65504",
        "0x1.8p-24, 0x1p-23",
        "0x1p-26, 0"
    })
    void a_half_keeps_eleven_bits_fewer_where_it_is_tiny_and_is_at_most_65504(String value, String expected) {
        assertThat(WeightRounding.half(Float.parseFloat(value))).isEqualTo(Float.parseFloat(expected));
    }

    @Test
    void names_are_those_of_the_settings() {
        assertThat(Precision.names()).isEqualTo("float32, bfloat16-weights, float16-weights, int8-weights, bfloat16");
        assertThat(Precision.of("fp16")).isEmpty();
    }

    /** Where the processor has no such instructions there is nothing to test. */
    private static LoadedModel load(Path checkpoint, String engine, Precision precision) {
        try {
            return EcgModels.load(checkpoint, new InferenceConfig(engine, "cpu", 1, precision));
        } catch (EngineException e) {
            assumeThat(e.getMessage()).doesNotContain("this processor has no instructions for it");
            throw e;
        }
    }

    private static float[] logits(LoadedModel loaded, ModelInput input) {
        return loaded.model().score(List.of(input)).get(0).logits();
    }

    private static double largestDifference(EcgModel network) {
        JsonNode model = Fixtures.json("full/full.json").get("models").get(0);
        assertThat(model.get("in_channels").asInt()).isEqualTo(12);
        double[][] expected =
                Fixtures.rows("full/" + model.at("/expected/logits64").asText());
        List<ModelInput> inputs = new ArrayList<>();
        model.get("inputs")
                .forEach(name -> inputs.add(Fixtures.input(name.asText().replace("../", ""))));
        List<Scores> scores = network.score(inputs);
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            float[] found = scores.get(i).logits();
            for (int l = 0; l < found.length; l++) {
                largest = Math.max(largest, Math.abs(found[l] - expected[i][l]));
            }
        }
        return largest;
    }
}
