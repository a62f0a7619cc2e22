package dev.ecgfhir.inference.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class FilterBlocksTest {
    private static final long SEED = 11;

    /**
     * The bounds are ten times the rounding error that the polynomial band-pass makes anyway at each rate (see {@link SectionBandpass}); at
     * 2000 Hz the sections make next to none.
     */
    @ParameterizedTest
    @CsvSource({"125, 1e-8", "250, 1e-8", "300, 1e-7", "500, 2e-6", "1000, 1e-3", "2000, 1e-9"})
    void blocks_give_what_the_whole_gives(double hertz, double tolerance) {
        double[] signal = heart(hertz, 700);
        double[] whole =
                FilterChain.of(hertz, MainsFrequency.HERTZ_50).apply(FilterStage.FILTERED, new double[][] {signal})[0];
        double[] expected = Resampling.byTime(whole, 0, hertz, 500, 0, 350_000);

        FilterBlocks blocks =
                new FilterBlocks(new double[][] {signal}, new double[] {hertz}, 70, MainsFrequency.HERTZ_50);

        int k = 0;
        double largest = 0;
        while (blocks.hasNext()) {
            for (double[][] window : blocks.next()) {
                for (double value : window[0]) {
                    largest = Math.max(largest, Math.abs(value - expected[k++]));
                }
            }
        }
        assertThat(k).isEqualTo(350_000);
        LoggerFactory.getLogger(FilterBlocksTest.class).info("{} Hz: largest difference {} mV", hertz, largest);
        assertThat(largest).as("largest difference, mV").isLessThan(tolerance);
    }

    @ParameterizedTest
    @ValueSource(doubles = {125, 250, 500, 1000, 2000})
    void the_overlap_is_long_enough_for_the_slowest_pole(double hertz) {
        double decay = FilterBlocks.slowestDecaySeconds(hertz);

        assertThat(decay).isCloseTo(0.62, within(0.03));
        assertThat(300 * Math.exp(-FilterBlocks.OVERLAP_SECONDS / decay)).isLessThan(1e-17);
    }

    @Test
    void a_recording_beyond_ten_minutes_has_all_its_windows_with_their_times() {
        Preprocessing preprocessing = new Preprocessing(MainsFrequency.HERTZ_50);
        double[][] signal = {heart(125, 655)};

        PreparedSignal prepared = preprocessing.prepare(signal, new double[] {125});

        assertThat(prepared.windows()).hasSize(65);
        assertThat(prepared.startSeconds()).startsWith(0, 10, 20).endsWith(630, 640);
        assertThat(prepared.deviations()).hasSize(65).doesNotContain(0);
        assertThat(preprocessing.windows(signal, new double[] {125})).hasDimensions(65, 1);
    }

    /** A pulse of 1 mV 70 times a minute on an offset of 150 mV that drifts by 20 mV, with noise. */
    private static double[] heart(double hertz, int seconds) {
        Random random = new Random(SEED);
        double[] signal = new double[(int) (hertz * seconds)];
        for (int i = 0; i < signal.length; i++) {
            double time = i / hertz;
            double sinceBeat = time % (60 / 70.0) - 0.3;
            signal[i] = 150
                    + 20 * Math.sin(time / 50)
                    + Math.exp(-sinceBeat * sinceBeat / (2 * 0.015 * 0.015))
                    + 0.01 * random.nextGaussian();
        }
        return signal;
    }
}
