package dev.ecgfhir.inference.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Coefficients against those that SciPy 1.10.1 listed for each sampling frequency of the stored signals. */
class FilterDesignTest {
    static Stream<Double> samplingFrequencies() {
        return ReferenceSignals.filters().properties().stream()
                .map(Map.Entry::getKey)
                .map(Double::valueOf)
                .filter(fs -> fs <= FilterChain.POLYNOMIAL_LIMIT);
    }

    @ParameterizedTest
    @MethodSource("samplingFrequencies")
    void notch_coefficients_equal_the_listed_ones(double fs) {
        JsonNode listed = filter(fs).get("notch");
        double[][] designed = NotchFilter.design(50, fs).coefficients();

        assertThat(ulps(designed[0], listed.get("b"))).isLessThanOrEqualTo(1);
        assertThat(ulps(designed[1], listed.get("a"))).isLessThanOrEqualTo(1);
        assertThat(designed[2]).containsExactly(ReferenceSignals.doubles(listed.get("zi")), within(1e-14));
        assertThat(NotchFilter.design(50, fs).padding())
                .isEqualTo(listed.get("padlen").intValue());
    }

    @ParameterizedTest
    @MethodSource("samplingFrequencies")
    void bandpass_coefficients_equal_the_listed_ones(double fs) {
        JsonNode listed = filter(fs).get("bandpass");
        double[][] designed = bandpass(fs).coefficients();

        assertThat(ulps(designed[0], listed.get("b"))).as("b").isLessThanOrEqualTo(16);
        assertThat(ulps(designed[1], listed.get("a"))).as("a").isLessThanOrEqualTo(4);
        assertThat(bandpass(fs).padding()).isEqualTo(listed.get("padlen").intValue());
    }

    @ParameterizedTest
    @MethodSource("samplingFrequencies")
    void median_window_equals_the_listed_one(double fs) {
        assertThat(FilterChain.of(fs, MainsFrequency.HERTZ_50).medianWindow())
                .isEqualTo(filter(fs).get("median_kernel").intValue());
    }

    private static PolynomialBandpass bandpass(double fs) {
        return new PolynomialBandpass(ButterworthBandpass.design(4, 0.67, 40, fs));
    }

    private static JsonNode filter(double fs) {
        return ReferenceSignals.filters().get(Integer.toString((int) fs));
    }

    private static double ulps(double[] actual, JsonNode listed) {
        double[] expected = ReferenceSignals.doubles(listed);
        assertThat(actual).hasSameSizeAs(expected);
        double most = 0;
        for (int i = 0; i < expected.length; i++) {
            most = Math.max(most, Math.abs(actual[i] - expected[i]) / Math.ulp(expected[i]));
        }
        return most;
    }
}
