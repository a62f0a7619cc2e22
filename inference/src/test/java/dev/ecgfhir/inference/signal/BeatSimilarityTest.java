package dev.ecgfhir.inference.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.inference.ModelInput;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeatSimilarityTest {
    private static final double USABLE = 0.66;
    private static final Preprocessing PREPROCESSING = new Preprocessing(MainsFrequency.HERTZ_50);

    @ParameterizedTest
    @ValueSource(doubles = {30, 45, 70, 120, 200})
    void beats_of_any_rate_resemble_each_other(double perMinute) {
        assertThat(similarity(10, beats(perMinute, 0))).isGreaterThan(0.9);
    }

    @Test
    void an_irregular_rhythm_changes_little() {
        double[] times = {0.7, 1.3, 2.4, 2.9, 3.9, 4.4, 5.6, 6.1, 7.3, 8.4, 9.0};

        assertThat(similarity(10, i -> {
                    double value = 0;
                    for (double time : times) {
                        value += pulse(i / 500.0 - time);
                    }
                    return value;
                }))
                .isGreaterThan(0.9);
    }

    @Test
    void five_seconds_are_enough() {
        assertThat(similarity(5, beats(50, 0))).isGreaterThan(0.9);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noise_does_not_repeat(long seed) {
        Random random = new Random(seed);

        assertThat(similarity(10, i -> random.nextGaussian())).isLessThan(USABLE);
        assertThat(similarity(5, i -> random.nextGaussian())).isLessThan(USABLE);
    }

    @Test
    void beats_as_large_as_the_noise_are_not_told_from_it() {
        assertThat(similarity(10, beats(70, 0.02))).isGreaterThan(USABLE);
        assertThat(similarity(10, beats(70, 1.5))).isLessThan(USABLE);
    }

    @Test
    void a_window_without_a_signal_has_no_beats() {
        assertThat(BeatSimilarity.measure(ModelInput.of(new float[2][5000]))).isZero();
    }

    @Test
    void a_noisy_lead_among_others_does_not_decide() {
        double[][] leads = new double[4][5000];
        Random random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            leads[0][i] = 0.2 * random.nextGaussian();
            leads[1][i] = pulse(i / 500.0 % 0.8 - 0.4);
            leads[2][i] = 0.5 * leads[1][i];
            leads[3][i] = -leads[1][i];
        }
        PreparedSignal prepared = PREPROCESSING.prepare(leads, new double[] {500, 500, 500, 500});

        assertThat(BeatSimilarity.measure(prepared.windows().get(0))).isGreaterThan(0.9);
    }

    private static double similarity(int seconds, IntToDoubleFunction signal) {
        double[][] lead = new double[1][seconds * 500];
        for (int i = 0; i < lead[0].length; i++) {
            lead[0][i] = signal.applyAsDouble(i);
        }
        return BeatSimilarity.measure(
                PREPROCESSING.prepare(lead, new double[] {500}).windows().get(0));
    }

    private static IntToDoubleFunction beats(double perMinute, double noise) {
        Random random = new Random(3);
        double distance = 60 / perMinute;
        return i -> pulse(i / 500.0 % distance - distance / 2) + noise * random.nextGaussian();
    }

    private static double pulse(double seconds) {
        return Math.exp(-seconds * seconds / (2 * 0.015 * 0.015))
                + 0.2 * Math.exp(-(seconds - 0.12) * (seconds - 0.12) / (2 * 0.03 * 0.03));
    }
}
