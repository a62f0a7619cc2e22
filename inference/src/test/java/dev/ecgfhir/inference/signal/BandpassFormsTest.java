package dev.ecgfhir.inference.signal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The two arithmetic forms of the band-pass, against each other and against the filter's formula. */
class BandpassFormsTest {
    private static final double LOW = 0.67;
    private static final double HIGH = 40;

    @ParameterizedTest
    @ValueSource(strings = {"500-12-lead", "250-12-lead", "1000-1-lead", "offset", "clipped-spikes", "shortest-28"})
    void agree_as_far_as_the_polynomial_form_is_exact(String name) {
        ReferenceSignals.Signal signal = ReferenceSignals.named(name);
        ButterworthBandpass design = design(signal.samplingFrequency());

        double difference = 0;
        for (double[] lead : signal.stage("input")) {
            difference = Math.max(
                    difference,
                    Differences.largest(
                            filtered(new SectionBandpass(design), lead),
                            filtered(new PolynomialBandpass(design), lead)));
        }

        assertThat(difference).isLessThanOrEqualTo(signal.tolerance("bandpass_mV"));
    }

    /**
     * Away from the ends a sine comes out at 1 / (1 + x^8), where x is the frequency in the low-pass prototype: the squared gain of a
     * Butterworth filter of order 4, passed twice.
     */
    @ParameterizedTest
    @CsvSource({"2000, 1", "2000, 5", "2000, 40", "2000, 60", "1500, 0.67", "1024, 10", "500, 5", "500, 40", "257, 20"})
    void sections_have_the_gain_of_the_formula(double samplingFrequency, double hertz) {
        int samples = (int) (60 * samplingFrequency);
        double[] sine = new double[samples];
        for (int i = 0; i < samples; i++) {
            sine[i] = Math.sin(2 * Math.PI * hertz * i / samplingFrequency);
        }

        double[] filtered = filtered(new SectionBandpass(design(samplingFrequency)), sine);

        double gain = gain(samplingFrequency, hertz);
        double difference = 0;
        for (int i = samples / 2 - 1000; i < samples / 2 + 1000; i++) {
            difference = Math.max(difference, Math.abs(filtered[i] - gain * sine[i]));
        }
        assertThat(difference).isLessThan(1e-8); // 30 s from the ends; roundings of 120,000 samples
    }

    /** At 2000 Hz the denominator's sum, which the steady state divides by, is lost in rounding altogether. */
    @ParameterizedTest
    @CsvSource({"1500, 1e-3", "1900, 1e-2"})
    void the_polynomial_form_has_lost_its_digits_above_1000_hertz(double samplingFrequency, double wrongByMillivolts) {
        double[] lead = new double[20_000];
        for (int i = 0; i < lead.length; i++) {
            lead[i] = Math.sin(2 * Math.PI * 5 * i / samplingFrequency);
        }

        double[] polynomial = filtered(new PolynomialBandpass(design(samplingFrequency)), lead);

        assertThat(Differences.largest(filtered(new SectionBandpass(design(samplingFrequency)), lead), polynomial))
                .as("why sections take over")
                .isGreaterThan(wrongByMillivolts);
        assertThat(filtered(new PolynomialBandpass(design(2000)), lead)).contains(Double.NaN);
    }

    @ParameterizedTest
    @CsvSource({"1000, 1000.0001", "999.9, 1001"})
    void results_go_over_smoothly_at_the_limit(double below, double above) {
        double[][] lead = {ReferenceSignals.named("1000-1-lead").stage("input")[0]};

        double[][] polynomial = FilterChain.of(below, MainsFrequency.HERTZ_50).apply(FilterStage.FILTERED, lead);
        double[][] sections = FilterChain.of(above, MainsFrequency.HERTZ_50).apply(FilterStage.FILTERED, lead);

        assertThat(Differences.largest(polynomial, sections)).isLessThan(0.02);
    }

    private static ButterworthBandpass design(double samplingFrequency) {
        return ButterworthBandpass.design(4, LOW, HIGH, samplingFrequency);
    }

    private static double[] filtered(ZeroPhaseFilter filter, double[] lead) {
        double[] result = new double[lead.length];
        filter.apply(lead, new double[lead.length + 2 * filter.padding()], result);
        return result;
    }

    private static double gain(double samplingFrequency, double hertz) {
        double low = Math.tan(Math.PI * LOW / samplingFrequency);
        double high = Math.tan(Math.PI * HIGH / samplingFrequency);
        double w = Math.tan(Math.PI * hertz / samplingFrequency);
        double x = (w * w - low * high) / (w * (high - low));
        return 1 / (1 + Math.pow(x, 8));
    }
}
