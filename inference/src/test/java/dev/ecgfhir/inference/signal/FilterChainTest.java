package dev.ecgfhir.inference.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterChainTest {
    @ParameterizedTest
    @CsvSource({
        "HERTZ_50, 100, false",
        "HERTZ_50, 100.01, true",
        "HERTZ_50, 2000, true",
        "HERTZ_50, 2000.01, false",
        "HERTZ_60, 120, false",
        "HERTZ_60, 120.01, true",
        "HERTZ_50, NaN, false",
        "HERTZ_50, -500, false",
        "HERTZ_50, Infinity, false"
    })
    void accepts_what_lies_above_twice_the_mains_and_up_to_2000_hertz(
            MainsFrequency mains, double hertz, boolean accepted) {
        assertThat(FilterChain.accepts(hertz, mains)).isEqualTo(accepted);
    }

    @Test
    void refuses_another_sampling_frequency_and_says_which_are_accepted() {
        assertThatThrownBy(() -> FilterChain.of(80, MainsFrequency.HERTZ_60))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "sampling frequency must be above 120.0 Hz and at most 2000.0 Hz for 60 Hz mains, was 80.0");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 27})
    void refuses_a_lead_that_is_too_short(int samples) {
        FilterChain chain = FilterChain.of(250, MainsFrequency.HERTZ_50);

        assertThatThrownBy(
                        () -> chain.apply(FilterStage.FILTERED, new double[][] {new double[30], new double[samples]}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lead 1 has " + samples + " samples; the filters need at least 28");
    }

    @Test
    void refuses_an_infinite_sample() {
        double[] lead = new double[100];
        lead[17] = Double.NEGATIVE_INFINITY;

        assertThatThrownBy(() ->
                        FilterChain.of(250, MainsFrequency.HERTZ_50).apply(FilterStage.CLEAN, new double[][] {lead}))
                .hasMessage("lead 0 is infinite at sample 17");
    }

    @ParameterizedTest
    @CsvSource({"HERTZ_50, 50", "HERTZ_60, 60"})
    void takes_the_mains_frequency_out_and_leaves_the_other_one(MainsFrequency mains, double hertz) {
        FilterChain chain = FilterChain.of(500, mains);

        double removed = middle(chain.apply(FilterStage.NOTCH, new double[][] {sine(hertz, 500)})[0]);
        double left = middle(chain.apply(FilterStage.NOTCH, new double[][] {sine(110 - hertz, 500)})[0]);

        assertThat(removed).isLessThan(1e-3);
        assertThat(left).isGreaterThan(0.9);
    }

    @Test
    void does_not_change_its_input() {
        double[][] input = ReferenceSignals.named("nan-gaps").stage("input");
        double[][] copy = Arrays.stream(input).map(double[]::clone).toArray(double[][]::new);

        FilterChain.of(250, MainsFrequency.HERTZ_50).apply(FilterStage.ZSCORE, input);

        assertThat(Arrays.deepEquals(input, copy)).isTrue();
    }

    @Test
    void a_lead_comes_out_the_same_alone_and_among_others() {
        double[][] twelve = ReferenceSignals.named("500-12-lead").stage("input");
        FilterChain chain = FilterChain.of(500, MainsFrequency.HERTZ_50);

        double[] alone = chain.apply(FilterStage.FILTERED, new double[][] {twelve[7]})[0];

        assertThat(alone).containsExactly(chain.apply(FilterStage.FILTERED, twelve)[7]);
    }

    private static double[] sine(double hertz, double samplingFrequency) {
        double[] sine = new double[5000];
        Arrays.setAll(sine, i -> Math.sin(2 * Math.PI * hertz * i / samplingFrequency));
        return sine;
    }

    private static double middle(double[] lead) {
        return Arrays.stream(lead, 2000, 3000).map(Math::abs).max().orElseThrow();
    }
}
