package dev.ecgfhir.inference.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SignalQualityTest {
    @Test
    void an_ecg_has_no_gap_and_no_flat_stretch() {
        LeadQuality quality = SignalQuality.measure(ecg(), 500);

        assertThat(quality.gaps()).isZero();
        assertThat(quality.gapShare()).isZero();
        assertThat(quality.flatShare()).isZero();
        assertThat(quality.longestFlatSeconds()).isZero();
        assertThat(quality.saturatedShare()).isZero();
        assertThat(quality.peakToPeakMillivolts()).isBetween(0.5, 5.0);
    }

    @Test
    void counts_gaps_and_measures_the_longest() {
        double[] lead = ecg();
        Arrays.fill(lead, 0, 40, Double.NaN);
        Arrays.fill(lead, 1000, 1100, Double.POSITIVE_INFINITY);
        lead[4999] = Double.NaN;

        LeadQuality quality = SignalQuality.measure(lead, 500);

        assertThat(quality.gaps()).isEqualTo(3);
        assertThat(quality.longestGapSeconds()).isEqualTo(0.2);
        assertThat(quality.gapShare()).isCloseTo(141 / 5000.0, within(1e-12));
        assertThat(quality.peakToPeakMillivolts()).isFinite();
    }

    @Test
    void a_lead_that_was_never_measured_is_one_gap() {
        double[] lead = new double[500];
        Arrays.fill(lead, Double.NaN);

        LeadQuality quality = SignalQuality.measure(lead, 500);

        assertThat(quality).isEqualTo(new LeadQuality(1, 1, 1, 0, 0, 0, 0));
    }

    @Test
    void finds_flat_stretches_of_a_second_and_more_within_the_resolution() {
        double[] lead = ecg();
        for (int i = 1000; i < 2500; i++) {
            lead[i] = i % 2 == 0 ? 0.3 : 0.304;
        }
        for (int i = 4000; i < 4400; i++) {
            lead[i] = -0.2;
        }

        LeadQuality quality = SignalQuality.measure(lead, 500);

        assertThat(quality.longestFlatSeconds()).isCloseTo(3, within(0.05));
        assertThat(quality.flatShare()).isCloseTo(0.3, within(0.005));
    }

    @Test
    void a_slow_drift_is_not_flat() {
        double[] lead = new double[5000];
        Arrays.setAll(lead, i -> i * 1e-4);

        assertThat(SignalQuality.measure(lead, 500).flatShare()).isZero();
    }

    @Test
    void a_constant_lead_is_flat_throughout() {
        double[] lead = new double[2500];
        Arrays.fill(lead, 1.25);

        LeadQuality quality = SignalQuality.measure(lead, 250);

        assertThat(quality.flatShare()).isEqualTo(1);
        assertThat(quality.longestFlatSeconds()).isEqualTo(10);
        assertThat(quality.peakToPeakMillivolts()).isZero();
    }

    @Test
    void a_gap_ends_a_flat_stretch() {
        double[] lead = new double[2500];
        lead[1250] = Double.NaN;

        LeadQuality quality = SignalQuality.measure(lead, 250);

        assertThat(quality.longestFlatSeconds()).isEqualTo(5);
        assertThat(quality.flatShare()).isCloseTo(2499 / 2500.0, within(1e-12));
    }

    @Test
    void finds_samples_that_stick_to_an_extreme() {
        double[] lead = ecg();
        for (int i = 0; i < lead.length; i++) {
            lead[i] = Math.max(-0.1, Math.min(0.2, lead[i]));
        }

        assertThat(SignalQuality.measure(lead, 500).saturatedShare()).isBetween(0.02, 0.9);
    }

    @Test
    void refuses_a_lead_without_samples() {
        assertThatThrownBy(() -> SignalQuality.measure(new double[0], 500))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one sample");
    }

    private static double[] ecg() {
        return ReferenceSignals.named("500-1-lead").stage("input")[0];
    }
}
