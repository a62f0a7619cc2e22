package dev.ecgfhir.inference.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ecgfhir.inference.signal.ReferenceSignals.Signal;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the reference has a defect and we do what is right instead. */
class ReferenceDefectsTest {
    /** Each stage of the reference truncates towards zero, and the filters carry that on. */
    private static final double TRUNCATION = 4;

    @ParameterizedTest
    @CsvSource({"notch, NOTCH", "bandpass, BANDPASS", "filtered, FILTERED"})
    void whole_numbers_are_filtered_without_truncation(String stored, FilterStage stage) {
        Signal signal = ReferenceSignals.named("integer-input");
        double[][] ours = chain(signal).apply(stage, signal.stage("input"));
        double[][] truncated = signal.stage(stored);

        assertThat(DoubleStream.of(ours[0])).as("keeps fractions").anyMatch(value -> value != Math.rint(value));
        assertThat(DoubleStream.of(truncated[0]))
                .as("the reference does not")
                .allMatch(value -> value == Math.rint(value));
        assertThat(Differences.largest(ours, truncated)).isBetween(0.5, TRUNCATION);
    }

    /** The reference rounds every stage to float32: 24 bits of values up to a few millivolts, through three filters. */
    @ParameterizedTest
    @CsvSource({
        "notch, NOTCH, 1e-6",
        "bandpass, BANDPASS, 2e-5",
        "baseline, BASELINE, 2e-5",
        "filtered, FILTERED, 4e-5",
        "zscore, ZSCORE, 2e-4"
    })
    void float32_is_filtered_in_double_precision(String stored, FilterStage stage, double rounding) {
        Signal signal = ReferenceSignals.named("float32-input");

        double difference =
                Differences.largest(chain(signal).apply(stage, signal.stage("input")), signal.stage(stored));

        assertThat(difference).isBetween(1e-9, rounding);
    }

    @Test
    void a_10000_hertz_signal_is_stretched_like_any_other_instead_of_halved() {
        Signal signal = ReferenceSignals.named("decimate-10000");
        double[][] ours = ReferenceStage.PTBXL.apply(signal.stage("input"), 10_000, MainsFrequency.HERTZ_50);
        double[][] halved = signal.stage("ptbxl");

        assertThat(halved[0]).hasSize(5001);
        assertThat(ours[0]).hasSize(5000);
        assertThat(ours[0][0]).isCloseTo(halved[0][0], within(1e-12));
        assertThat(ours[0][4999]).isCloseTo(halved[0][5000], within(1e-12));
    }

    @Test
    void a_5000_hertz_signal_is_stretched_like_any_other_instead_of_left_alone() {
        double[][] signal = ReferenceSignals.named("250-1-lead").stage("input");

        assertThat(ReferenceStage.PTBXL.apply(signal, 5000, MainsFrequency.HERTZ_50)[0])
                .containsExactly(ReferenceStage.PTBXL.apply(signal, 250, MainsFrequency.HERTZ_50)[0]);
    }

    private static FilterChain chain(Signal signal) {
        return FilterChain.of(signal.samplingFrequency(), MainsFrequency.HERTZ_50);
    }
}
