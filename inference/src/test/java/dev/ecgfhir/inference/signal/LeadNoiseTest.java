package dev.ecgfhir.inference.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadNoiseTest {
    @ParameterizedTest
    @CsvSource({"125", "250", "300", "500", "1000"})
    void a_clean_heartbeat_has_none(double hertz) {
        LeadNoise noise = measure(hertz, time -> 0);

        assertThat(noise.wanderMillivolts()).isLessThan(0.05);
        assertThat(noise.mainsMillivolts()).isLessThan(0.02);
        assertThat(noise.muscleMillivolts()).isLessThan(0.01);
        assertThat(noise.stepShare()).isLessThan(0.6);
    }

    @ParameterizedTest
    @CsvSource({"250, 50", "500, 50", "500, 60", "1000, 60"})
    void mains_are_measured_by_their_amplitude(double hertz, double mains) {
        double without = measure(hertz, time -> 0).mainsMillivolts();

        LeadNoise noise = measure(hertz, time -> 0.2 * Math.sin(2 * Math.PI * mains * time + 1));

        assertThat(noise.mainsMillivolts()).isCloseTo(0.2, within(without + 1e-3));
        assertThat(noise.muscleMillivolts()).as("mains are no muscle").isLessThan(0.045);
    }

    @Test
    void mains_are_not_seen_where_the_sampling_frequency_is_too_low() {
        assertThat(measure(119, time -> 0.2 * Math.sin(2 * Math.PI * 60 * time)).mainsMillivolts())
                .isLessThan(0.05);
    }

    @Test
    void drift_is_wander_and_no_mains() {
        LeadNoise noise = measure(500, time -> 0.8 * time);

        assertThat(noise.wanderMillivolts()).isCloseTo(7.2, within(0.2));
        assertThat(noise.mainsMillivolts()).isLessThan(0.02);
    }

    @Test
    void fast_noise_is_measured_by_its_root_mean_square() {
        Random random = new Random(5);

        assertThat(measure(500, time -> 0.1 * random.nextGaussian()).muscleMillivolts())
                .isCloseTo(0.1, within(0.01));
    }

    @Test
    void a_jump_is_a_step_of_the_whole_range() {
        assertThat(measure(500, time -> time < 5 ? 0 : 20).stepShare()).isGreaterThan(0.9);
    }

    @Test
    void a_constant_has_no_step() {
        assertThat(LeadNoise.measure(new double[5000], 0, 5000, 500).stepShare())
                .isZero();
    }

    @Test
    void less_than_two_seconds_are_not_measured() {
        assertThatThrownBy(() -> LeadNoise.measure(new double[5000], 1000, 1999, 500))
                .hasMessage("noise needs at least 2 s to be measured, found 1.998 s");
    }

    private static LeadNoise measure(double hertz, DoubleUnaryOperator added) {
        double[] lead = new double[(int) (10 * hertz)];
        for (int i = 0; i < lead.length; i++) {
            double time = i / hertz;
            double sinceBeat = time % 0.83 - 0.4;
            lead[i] = Math.exp(-sinceBeat * sinceBeat / (2 * 0.015 * 0.015)) + added.applyAsDouble(time);
        }
        return LeadNoise.measure(lead, 0, lead.length, hertz);
    }
}
