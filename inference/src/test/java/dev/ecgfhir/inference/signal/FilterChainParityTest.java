package dev.ecgfhir.inference.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.inference.signal.ReferenceSignals.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.LoggerFactory;

/**
 * Every stage of every stored signal, within the tolerance that the manifest reasons for it: SciPy 1.10.1, double precision.
 *
 * <p>{@code integer-input}, {@code float32-input} and {@code decimate-10000} hold defects of the reference, see {@link
 * ReferenceDefectsTest}.
 */
class FilterChainParityTest {
    /** Clean copies and the notch is well-conditioned: rounding of values around 1000 mV at most. */
    private static final double NOTCH_TOLERANCE = 1e-11;

    private static final Map<String, Double> LARGEST = new TreeMap<>();

    @TestFactory
    Stream<DynamicTest> stages_equal_the_reference() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Signal signal : ReferenceSignals.all()) {
            if (!signal.node().has("tolerance")) {
                continue;
            }
            for (FilterStage stage : FilterStage.values()) {
                String name = stage.name().toLowerCase(Locale.ROOT);
                if (signal.has(name)) {
                    tests.add(test(
                            signal,
                            name,
                            tolerance(signal, stage),
                            () -> FilterChain.of(signal.samplingFrequency(), MainsFrequency.HERTZ_50)
                                    .apply(stage, signal.stage("input"))));
                }
            }
            for (ReferenceStage stage : ReferenceStage.values()) {
                String name = stage.name().toLowerCase(Locale.ROOT);
                if (signal.has(name)) {
                    tests.add(test(
                            signal,
                            name,
                            tolerance(signal, FilterStage.ZSCORE),
                            () -> stage.apply(
                                    signal.stage("input"), signal.samplingFrequency(), MainsFrequency.HERTZ_50)));
                }
            }
            if (signal.has("hardcoded500")) {
                tests.add(test(
                        signal,
                        "hardcoded500",
                        hardcoded500Tolerance(),
                        () -> FilterChain.of(500, MainsFrequency.HERTZ_50)
                                .apply(FilterStage.ZSCORE, signal.stage("input"))));
            }
        }
        assertThat(tests).as("stages under test").hasSizeGreaterThan(100);
        return tests.stream();
    }

    @AfterAll
    static void report_the_largest_differences() {
        LARGEST.forEach((stage, difference) -> LoggerFactory.getLogger(FilterChainParityTest.class)
                .info("largest difference at {}: {}", stage, difference));
    }

    private static DynamicTest test(Signal signal, String stage, double tolerance, Stage computed) {
        return DynamicTest.dynamicTest(signal.name() + " " + stage, () -> {
            double difference = Differences.largest(computed.get(), signal.stage(stage));
            LARGEST.merge(stage, difference, Math::max);
            assertThat(difference).as("largest difference").isLessThanOrEqualTo(tolerance);
        });
    }

    private static double tolerance(Signal signal, FilterStage stage) {
        return switch (stage) {
            case CLEAN -> 0;
            case NOTCH -> NOTCH_TOLERANCE;
            case BANDPASS, BASELINE -> signal.tolerance("bandpass_mV");
            case FILTERED -> signal.tolerance("filtered_mV");
            case ZSCORE -> signal.tolerance("zscore");
        };
    }

    /** The filters of 500 Hz on a signal of another rate are as good as on one of 500 Hz. */
    private static double hardcoded500Tolerance() {
        return ReferenceSignals.named("500-1-lead").tolerance("zscore");
    }

    @FunctionalInterface
    private interface Stage {
        double[][] get();
    }
}
