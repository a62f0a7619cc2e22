package dev.ecgfhir.pipeline;

import static dev.ecgfhir.pipeline.Recordings.constant;
import static dev.ecgfhir.pipeline.Recordings.fill;
import static dev.ecgfhir.pipeline.Recordings.gap;
import static dev.ecgfhir.pipeline.Recordings.recording;
import static dev.ecgfhir.pipeline.Recordings.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ecgfhir.fhir.recording.Lead;
import dev.ecgfhir.inference.signal.MainsFrequency;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    private static final Gate GATE = new Gate(MainsFrequency.HERTZ_50);

    @Test
    void passes_a_good_recording_without_a_flag_and_unchanged() {
        GatedSignal signal = passed(recording());

        assertThat(signal.flags()).isEmpty();
        assertThat(signal.leads()).isEqualTo(LeadSet.TWELVE_LEAD);
        assertThat(signal.millivolts()[7])
                .containsExactly(
                        recording().build().leads().get(Lead.V2).waveform().millivolts());
    }

    @ParameterizedTest
    @CsvSource({"100", "99.5", "2000.5", "10000"})
    void refuses_a_sampling_frequency_that_the_filters_do_not_take(double hertz) {
        GateOutcome.Refused refused = refused(recording(hertz, 10));

        assertThat(refused.reason()).isEqualTo(GateReason.BAD_SAMPLING_FREQUENCY);
        assertThat(refused.detail())
                .isEqualTo("lead I has " + hertz
                        + " Hz; with 50 Hz mains a sampling frequency above 100.0 and up to 2000.0 Hz is read");
    }

    @Test
    void refuses_110_hertz_where_the_mains_have_60() {
        assertThat(new Gate(MainsFrequency.HERTZ_60).check(recording(110, 10).build(), LeadSet.TWELVE_LEAD))
                .isInstanceOfSatisfying(
                        GateOutcome.Refused.class,
                        refused -> assertThat(refused.detail()).contains("above 120.0"));
        assertThat(passed(recording(110, 10)).flags()).isEmpty();
    }

    @Test
    void refuses_less_than_five_seconds() {
        GateOutcome.Refused refused = refused(recording(500, 4.99));

        assertThat(refused.reason()).isEqualTo(GateReason.TOO_SHORT);
        assertThat(refused.detail()).isEqualTo("lead I has 4.990 s; at least 5.0 s are needed");
    }

    @ParameterizedTest
    @CsvSource({"5, SHORT", "9.9, SHORT", "10, ''", "10.9, ''", "11, REST_NOT_READ:1.0 s", "29.5, REST_NOT_READ:9.5 s"})
    void tells_what_the_windows_do_not_cover(double seconds, String flag) {
        assertThat(passed(recording(500, seconds)).flags()).isEqualTo(flag.isEmpty() ? List.of() : List.of(flag));
    }

    @Test
    void refuses_leads_of_differing_duration() {
        GateOutcome.Refused refused = refused(recording().with(Lead.V3, signal -> Arrays.copyOf(signal, 4998)));

        assertThat(refused.reason()).isEqualTo(GateReason.UNEQUAL_LENGTHS);
        assertThat(refused.detail())
                .isEqualTo("lead V3 has 9.996 s, lead I has 10.000 s; all leads must be of one duration");
    }

    @Test
    void bears_the_step_of_a_slower_lead() {
        Recordings mixed =
                recording().with(Lead.V3, signal -> Arrays.copyOf(signal, 2499)).withFrequency(Lead.V3, 250);

        assertThat(passed(mixed).hertz()[8]).isEqualTo(250);
    }

    @Test
    void fills_a_gap_of_100_milliseconds_with_a_straight_line() {
        double[] filled = passed(recording().with(Lead.V3, gap(1000, 1050))).millivolts()[8];
        double[] whole = recording().build().leads().get(Lead.V3).waveform().millivolts();

        for (int i = 999; i <= 1050; i++) {
            assertThat(filled[i]).isCloseTo(whole[999] + (whole[1050] - whole[999]) * (i - 999) / 51.0, within(1e-12));
        }
        assertThat(passed(recording().with(Lead.V3, gap(1000, 1050))).flags()).containsExactly("GAPS_FILLED:V3");
    }

    @Test
    void holds_the_nearest_sample_at_the_ends() {
        double[] filled = passed(recording().with(Lead.I, gap(0, 20)).with(Lead.I, gap(4990, 5000)))
                .millivolts()[0];
        double[] whole = recording().build().leads().get(Lead.I).waveform().millivolts();

        assertThat(Arrays.copyOf(filled, 20)).containsOnly(whole[20]);
        assertThat(Arrays.copyOfRange(filled, 4990, 5000)).containsOnly(whole[4989]);
    }

    @Test
    void refuses_a_longer_gap_and_names_lead_count_and_seconds() {
        GateOutcome.Refused refused =
                refused(recording().with(Lead.V3, gap(1000, 1051)).with(Lead.V3, gap(10, 11)));

        assertThat(refused.reason()).isEqualTo(GateReason.TOO_MANY_GAPS);
        assertThat(refused.detail())
                .isEqualTo("lead V3 has 2 gaps of 0.104 s together, the longest 0.102 s, of 10.000 s recorded;"
                        + " gaps of up to 0.1 s each and 2 % of a lead are filled");
    }

    @Test
    void refuses_many_short_gaps() {
        Recordings gappy = recording();
        for (int from = 0; from < 5000; from += 1000) {
            gappy.with(Lead.II, gap(from, from + 21));
        }

        assertThat(refused(gappy).reason()).isEqualTo(GateReason.TOO_MANY_GAPS);
        assertThat(refused(gappy).detail()).startsWith("lead II has 5 gaps of 0.210 s together");
    }

    @Test
    void refuses_a_lead_that_was_never_measured() {
        assertThat(refused(recording().with(Lead.AVR, constant(Double.NaN))).reason())
                .isEqualTo(GateReason.TOO_MANY_GAPS);
    }

    @Test
    void treats_infinite_samples_as_gaps() {
        assertThat(passed(recording().with(Lead.V3, fill(7, 9, Double.POSITIVE_INFINITY)))
                        .flags())
                .containsExactly("GAPS_FILLED:V3");
    }

    @Test
    void flags_flat_leads() {
        assertThat(passed(recording().with(Lead.V6, constant(1.25)).with(Lead.V2, fill(0, 2600, 0)))
                        .flags())
                .containsExactly("FLAT_LEAD:V2", "FLAT_LEAD:V6");
        assertThat(passed(recording().with(Lead.V2, fill(0, 2000, 0))).flags()).isEmpty();
    }

    @Test
    void refuses_fewer_than_eight_usable_leads() {
        Recordings flat = recording();
        for (Lead lead : new Lead[] {Lead.V2, Lead.V3, Lead.V4, Lead.V5}) {
            flat.with(lead, constant(0));
        }
        assertThat(passed(flat).flags()).hasSize(4);

        GateOutcome.Refused refused = refused(flat.with(Lead.V6, constant(0)));

        assertThat(refused.reason()).isEqualTo(GateReason.FLAT_LEADS);
        assertThat(refused.detail())
                .isEqualTo(
                        "5 of 12 leads carry no signal (V2, V3, V4, V5, V6); the 12-lead model needs at least 8 with one");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -3, 1e9})
    void refuses_a_flat_single_lead_whatever_its_offset(double offset) {
        GateOutcome outcome =
                GATE.check(recording().with(Lead.I, constant(offset)).build(), LeadSet.SINGLE_LEAD);

        assertThat(outcome)
                .isEqualTo(new GateOutcome.Refused(
                        GateReason.FLAT_LEADS,
                        "1 of 1 leads carry no signal (I); the 1-lead model needs at least 1 with one"));
    }

    @Test
    void refuses_microvolts_that_are_called_millivolts() {
        GateOutcome.Refused refused = refused(recording().withAll(times(1000)));

        assertThat(refused.reason()).isEqualTo(GateReason.IMPLAUSIBLE_AMPLITUDE);
        assertThat(refused.detail()).startsWith("lead I spans ").endsWith("unit or factor must be wrong");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e200, Double.MAX_VALUE})
    void refuses_amplitudes_that_would_overflow(double millivolts) {
        assertThat(refused(recording().with(Lead.I, fill(0, 1, millivolts)).with(Lead.I, fill(1, 2, -millivolts)))
                        .reason())
                .isEqualTo(GateReason.IMPLAUSIBLE_AMPLITUDE);
    }

    @Test
    void flags_swapped_limb_leads() {
        double[] one = recording().build().leads().get(Lead.I).waveform().millivolts();
        double[] two = recording().build().leads().get(Lead.II).waveform().millivolts();

        assertThat(passed(recording().with(Lead.I, old -> two).with(Lead.II, old -> one))
                        .flags())
                .singleElement()
                .asString()
                .startsWith("LEAD_REVERSAL:limb leads contradict Einthoven's law by ");
    }

    @Test
    void bears_limb_leads_with_offsets_and_noise_of_their_own() {
        assertThat(passed(recording().with(Lead.AVF, signal -> {
                            for (int i = 0; i < signal.length; i++) {
                                signal[i] += 0.5 + 0.005 * Math.sin(i);
                            }
                            return signal;
                        }))
                        .flags())
                .isEmpty();
    }

    @Test
    void flags_a_lead_that_sticks_to_its_rails() {
        assertThat(passed(recording()
                                .with(
                                        Lead.V1,
                                        signal -> Arrays.stream(signal)
                                                .map(value -> Math.min(value, 0.2))
                                                .toArray()))
                        .flags())
                .containsExactly("SATURATED:V1");
    }

    @Test
    void flags_each_kind_of_noise_by_its_lead() {
        assertThat(passed(recording().with(Lead.V2, added(time -> 0.15 * Math.sin(2 * Math.PI * 50 * time))))
                        .flags())
                .containsExactly("MAINS_NOISE:V2");
        assertThat(passed(recording().with(Lead.V3, added(time -> 4 * Math.sin(time))))
                        .flags())
                .containsExactly("BASELINE_WANDER:V3");
        Random random = new Random(9);
        assertThat(passed(recording().with(Lead.V4, added(time -> 0.1 * random.nextGaussian())))
                        .flags())
                .containsExactly("MUSCLE_NOISE:V4");
        assertThat(passed(recording().with(Lead.V5, fill(2500, 2501, 25))).flags())
                .containsExactly("SIGNAL_JUMP:V5");
    }

    @Test
    void a_limb_lead_between_the_legs_is_told_from_a_lost_one() {
        double[] one = recording().build().leads().get(Lead.I).waveform().millivolts();
        Recordings legs = recording()
                .with(Lead.II, constant(0))
                .with(Lead.III, old -> times(-1).apply(one))
                .with(Lead.AVR, old -> times(-0.5).apply(one))
                .with(Lead.AVL, old -> one)
                .with(Lead.AVF, old -> times(-0.5).apply(one));

        assertThat(passed(legs).flags())
                .containsExactly(
                        "FLAT_LEAD:II",
                        "LEAD_REVERSAL:lead II is nearly flat, as with right arm and right leg exchanged");
        assertThat(passed(recording().with(Lead.II, constant(0))).flags()).containsExactly("FLAT_LEAD:II");
    }

    @Test
    void tells_where_in_a_long_recording_the_noise_is() {
        Recordings noisy = recording(500, 60)
                .with(Lead.V2, added(time -> time > 10 && time < 30 ? 0.3 * Math.sin(2 * Math.PI * 60 * time) : 0));

        assertThat(passed(noisy).flags()).containsExactly("MAINS_NOISE:V2 10-30 s");
    }

    @Test
    void looks_only_at_the_leads_that_the_model_takes() {
        GateOutcome outcome = GATE.check(recording().with(Lead.V3, gap(0, 4000)).build(), LeadSet.SINGLE_LEAD);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        GateOutcome.Passed.class,
                        passed -> assertThat(passed.signal().millivolts()).hasNumberOfRows(1));
    }

    @Test
    void tells_which_model_a_recording_is_for() {
        assertThat(Gate.leadsOf(recording().build())).contains(LeadSet.TWELVE_LEAD);
        assertThat(Gate.leadsOf(recording().without(Lead.V4).build())).contains(LeadSet.SINGLE_LEAD);
        assertThat(Gate.leadsOf(recording().without(Lead.I).build())).isEmpty();
    }

    private static UnaryOperator<double[]> added(DoubleUnaryOperator noise) {
        return signal -> {
            for (int i = 0; i < signal.length; i++) {
                signal[i] += noise.applyAsDouble(i / 500.0);
            }
            return signal;
        };
    }

    private static GatedSignal passed(Recordings recording) {
        GateOutcome outcome = GATE.check(recording.build(), LeadSet.TWELVE_LEAD);
        assertThat(outcome).isInstanceOf(GateOutcome.Passed.class);
        return ((GateOutcome.Passed) outcome).signal();
    }

    private static GateOutcome.Refused refused(Recordings recording) {
        GateOutcome outcome = GATE.check(recording.build(), LeadSet.TWELVE_LEAD);
        assertThat(outcome).isInstanceOf(GateOutcome.Refused.class);
        return (GateOutcome.Refused) outcome;
    }
}
