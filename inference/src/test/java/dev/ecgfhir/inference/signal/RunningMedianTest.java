package dev.ecgfhir.inference.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunningMedianTest {
    private static final long SEED = 20261124;

    static Stream<Arguments> signals() {
        Random random = new Random(SEED);
        return Stream.of(
                signal("noise", 3000, 201, i -> random.nextGaussian()),
                signal("many equal values", 3000, 51, i -> random.nextInt(3)),
                signal("constant", 500, 101, i -> 1.25),
                signal("all zero", 500, 101, i -> 0),
                signal("rising", 1000, 201, i -> i),
                signal("falling", 1000, 201, i -> -i),
                signal("negative zero", 300, 11, i -> i % 2 == 0 ? -0.0 : 0.0),
                // one value takes the whole range of the coarse key, all others share its bin
                signal("outlier", 3000, 201, i -> i == 700 ? 1e12 : random.nextGaussian()),
                signal("outlier and descending", 6000, 201, i -> i == 0 ? 1e15 : -i * 1e-3),
                signal("huge range", 1000, 21, i -> (i % 2 == 0 ? 1 : -1) * 1e308),
                signal("subnormal range", 1000, 21, i -> i % 7 * Double.MIN_VALUE),
                signal("shorter than the window", 28, 101, i -> random.nextGaussian()),
                signal("one sample", 1, 3, i -> 2),
                signal("window of one", 100, 1, i -> random.nextGaussian()),
                signal("over several blocks", 20_000, 33, i -> Math.sin(i / 50.0) + 0.1 * random.nextGaussian()),
                signal("one more than a block", 8193, 3, i -> random.nextGaussian()),
                signal("window beyond the usual block", 12_000, 4001, i -> random.nextGaussian()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("signals")
    void equals_the_median_of_each_sorted_window(String name, double[] signal, int window) {
        double[] medians = new double[signal.length];

        new RunningMedian(window).apply(signal, medians);

        assertThat(medians).usingComparatorWithPrecision(0.0).containsExactly(sorted(signal, window));
    }

    @Test
    void gives_the_same_when_used_again() {
        RunningMedian filter = new RunningMedian(51);
        double[] signal = new Random(SEED).doubles(9000).toArray();
        double[] first = new double[signal.length];
        double[] second = new double[signal.length];

        filter.apply(signal, first);
        filter.apply(new double[9000], second);
        filter.apply(signal, second);

        assertThat(second).containsExactly(first);
    }

    @Test
    void refuses_an_even_window() {
        assertThatThrownBy(() -> new RunningMedian(200))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("window must be odd, was 200");
    }

    private static Arguments signal(String name, int samples, int window, IntToDoubleFunction value) {
        double[] signal = new double[samples];
        Arrays.setAll(signal, value);
        return Arguments.of(name, signal, window);
    }

    private static double[] sorted(double[] signal, int window) {
        double[] medians = new double[signal.length];
        double[] padded = new double[signal.length + window - 1];
        System.arraycopy(signal, 0, padded, window / 2, signal.length);
        for (int i = 0; i < medians.length; i++) {
            double[] part = Arrays.copyOfRange(padded, i, i + window);
            Arrays.sort(part);
            medians[i] = part[window / 2] + 0.0;
        }
        return medians;
    }
}
