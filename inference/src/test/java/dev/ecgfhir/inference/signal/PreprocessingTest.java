package dev.ecgfhir.inference.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ecgfhir.inference.signal.ReferenceSignals.Signal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreprocessingTest {
    private static final Preprocessing EUROPE = new Preprocessing(MainsFrequency.HERTZ_50);

    @Test
    void ten_seconds_at_500_hertz_are_one_window_that_equals_the_reference() {
        Signal signal = ReferenceSignals.named("500-12-lead");

        PreparedSignal prepared = EUROPE.prepare(signal.stage("input"), same(500, 12));

        assertThat(prepared.windows()).hasSize(1);
        assertThat(prepared.padded()).isFalse();
        assertThat(prepared.startSeconds()).containsExactly(0);
        float[] values = new float[12 * 5000];
        prepared.windows().get(0).copyTo(values, 0);
        double[][] reference = signal.stage("zscore");
        for (int i = 0; i < values.length; i++) {
            assertThat((double) values[i]).isCloseTo(reference[i / 5000][i % 5000], within(signal.tolerance("zscore")));
        }
    }

    @Test
    void thirty_seconds_are_three_windows_and_not_squeezed() {
        double[][] input = ReferenceSignals.named("long-30s").stage("input");
        double[][] filtered = FilterChain.of(500, MainsFrequency.HERTZ_50).apply(FilterStage.FILTERED, input);

        double[][][] windows = EUROPE.windows(input, same(500, 1));

        assertThat(EUROPE.prepare(input, same(500, 1)).startSeconds()).containsExactly(0, 10, 20);
        for (int w = 0; w < 3; w++) {
            double[][] cut = {Arrays.copyOfRange(filtered[0], w * 5000, (w + 1) * 5000)};
            assertThat(windows[w][0]).containsExactly(ZScore.of(cut)[0]);
        }
    }

    @Test
    void a_rest_shorter_than_a_window_is_dropped() {
        double[][] input = {Arrays.copyOf(ReferenceSignals.named("long-30s").stage("input")[0], 14_999)};

        assertThat(EUROPE.windows(input, same(500, 1))).hasDimensions(2, 1);
    }

    @Test
    void seven_seconds_are_filled_with_zeros_before_the_z_score() {
        double[][] input = {Arrays.copyOf(ReferenceSignals.named("500-1-lead").stage("input")[0], 3500)};

        PreparedSignal prepared = EUROPE.prepare(input, same(500, 1));
        double[] window = EUROPE.windows(input, same(500, 1))[0][0];

        assertThat(prepared.padded()).isTrue();
        assertThat(prepared.windows()).hasSize(1);
        assertThat(Arrays.stream(window, 3500, 5000).distinct().count()).isEqualTo(1);
        assertThat(Arrays.stream(window).average().orElseThrow()).isCloseTo(0, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"250-1-lead, 250", "257-1-lead, 257", "300-1-lead, 300", "360-1-lead, 360", "1000-1-lead, 1000"})
    void other_rates_are_resampled_by_time(String name, double hertz) {
        double[][] input = ReferenceSignals.named(name).stage("input");
        double[] filtered = FilterChain.of(hertz, MainsFrequency.HERTZ_50).apply(FilterStage.FILTERED, input)[0];

        PreparedSignal prepared = EUROPE.prepare(input, same(hertz, 1));
        double[] window = EUROPE.windows(input, same(hertz, 1))[0][0];

        double deviation = prepared.deviations()[0] + 1e-8;
        for (int k : new int[] {0, 1, 777, 2500, 4998, 4999}) {
            double position = k * hertz / 500;
            int left = Math.min((int) position, filtered.length - 1);
            int right = Math.min(left + 1, filtered.length - 1);
            double expected = filtered[left] + (position - left) * (filtered[right] - filtered[left]);
            // the mean of a window is not zero: compare differences from its first sample
            assertThat((window[k] - window[0]) * deviation).isCloseTo(expected - filtered[0], within(1e-12));
        }
    }

    @Test
    void leads_of_differing_rates_are_filtered_at_their_own() {
        double[] fast = ReferenceSignals.named("500-1-lead").stage("input")[0];
        double[] slow = ReferenceSignals.named("250-1-lead").stage("input")[0];

        double[][] both = EUROPE.windows(new double[][] {fast, slow, fast}, new double[] {500, 250, 500})[0];

        assertThat(both[2]).containsExactly(both[0]);
        assertSameShape(both[0], EUROPE.windows(new double[][] {fast}, same(500, 1))[0][0]);
        assertSameShape(both[1], EUROPE.windows(new double[][] {slow}, same(250, 1))[0][0]);
    }

    @Test
    void the_shortest_lead_decides_the_length() {
        double[] lead = ReferenceSignals.named("long-30s").stage("input")[0];

        assertThat(EUROPE.windows(new double[][] {lead, Arrays.copyOf(lead, 10_001)}, same(500, 2)))
                .hasDimensions(2, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2499})
    void less_than_five_seconds_are_refused(int samples) {
        assertThatThrownBy(() -> EUROPE.prepare(new double[][] {new double[samples]}, same(500, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a recording must be at least 5.0 s long, was " + samples / 500.0);
    }

    @Test
    void deviations_tell_how_much_signal_the_z_score_divides_by() {
        double[][] input = ReferenceSignals.named("500-1-lead").stage("input");
        double[][] half = {Arrays.stream(input[0]).map(value -> value / 2).toArray()};

        double whole = EUROPE.prepare(input, same(500, 1)).deviations()[0];

        assertThat(EUROPE.prepare(half, same(500, 1)).deviations()[0]).isCloseTo(whole / 2, within(1e-6));
        assertThat(EUROPE.prepare(new double[1][5000], same(500, 1)).deviations()[0])
                .isZero();
    }

    @Test
    void the_description_names_the_mains_frequency() {
        assertThat(EUROPE.description()).contains("notch 50 Hz").doesNotContain("60 Hz");
        assertThat(new Preprocessing(MainsFrequency.HERTZ_60).description()).contains("notch 60 Hz");
    }

    private static void assertSameShape(double[] actual, double[] expected) {
        double scale = (actual[1000] - actual[2000]) / (expected[1000] - expected[2000]);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i] - actual[0]).isCloseTo(scale * (expected[i] - expected[0]), within(1e-9));
        }
    }

    private static double[] same(double hertz, int leads) {
        double[] frequencies = new double[leads];
        Arrays.fill(frequencies, hertz);
        return frequencies;
    }
}
