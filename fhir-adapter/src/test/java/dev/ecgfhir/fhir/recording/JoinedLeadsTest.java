package dev.ecgfhir.fhir.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinedLeadsTest {
    private static final ObservationReader READER = new ObservationReader(ReadOptions.defaults());

    /** The Observation of one lead out of the twelve-lead one; lead I is Observation/1. */
    private static Observation observation(Lead lead) {
        Observation whole = EcgObservation.twelveLeads().build();
        Observation part = EcgObservation.single(EcgObservation.MDC, EcgObservation.CODES.get(lead), "")
                .build();
        part.setValue(whole.getComponent().get(lead.ordinal()).getValue());
        part.setId("Observation/" + (lead.ordinal() + 1) + "/_history/" + (lead.ordinal() + 2));
        return part;
    }

    private static Recording part(Lead lead) {
        return part(lead, observation -> {});
    }

    private static Recording part(Lead lead, Consumer<Observation> change) {
        Observation observation = observation(lead);
        change.accept(observation);
        return ((ReadOutcome.Read) READER.read(observation, "http://ecg/fhir")).recording();
    }

    private static List<Recording> twelve() {
        List<Recording> parts = new ArrayList<>();
        Lead.twelve().forEach(lead -> parts.add(part(lead)));
        return parts;
    }

    private static Recording joined(List<Recording> parts) {
        ReadOutcome outcome = JoinedLeads.join(parts, ReadOptions.DEFAULT_MAXIMUM_POINTS);
        assertThat(outcome).isInstanceOf(ReadOutcome.Read.class);
        return ((ReadOutcome.Read) outcome).recording();
    }

    private static ReadOutcome.Refused refused(List<Recording> parts) {
        return (ReadOutcome.Refused) JoinedLeads.join(parts, ReadOptions.DEFAULT_MAXIMUM_POINTS);
    }

    private static List<Recording> with(Lead lead, Consumer<Observation> change) {
        List<Recording> parts = twelve();
        parts.set(lead.ordinal(), part(lead, change));
        return parts;
    }

    @Test
    void twelve_observations_are_the_same_signal_as_one_observation_of_twelve_leads() {
        Recording whole = EcgObservation.twelveLeads().recording();

        Recording joined = joined(twelve());

        assertThat(joined.contentHash()).isEqualTo(whole.contentHash());
        assertThat(joined.leads()).containsOnlyKeys(Lead.values());
        assertThat(joined.flags()).containsExactly("JOINED_OBSERVATIONS:12");
    }

    @Test
    void an_ecg_is_that_of_its_lead_i_and_names_all_its_observations_whichever_came_first() {
        List<Recording> shuffled = twelve();
        Collections.shuffle(shuffled, new Random(7));

        assertThat(joined(shuffled).source()).isEqualTo(joined(twelve()).source());
        assertThat(joined(shuffled).contentHash()).isEqualTo(joined(twelve()).contentHash());
        SourceReference source = joined(shuffled).source();
        assertThat(source.base()).isEqualTo("http://ecg/fhir");
        assertThat(source.resource()).contains("Observation/1");
        assertThat(source.version()).contains("2");
        assertThat(source.parts()).hasSize(12);
        assertThat(source.parts().get(11)).isEqualTo(new SourcePart("Observation/12", Optional.of("13")));
        assertThat(source.parts().get(11).address()).isEqualTo("Observation/12/_history/13");
    }

    @Test
    void eight_leads_are_completed_like_those_of_one_observation() {
        List<Recording> eight = twelve();
        eight.subList(Lead.III.ordinal(), Lead.V1.ordinal()).clear();

        Recording joined = joined(eight);

        assertThat(joined.leads()).containsOnlyKeys(Lead.values());
        assertThat(joined.flags()).contains("JOINED_OBSERVATIONS:8", "DERIVED_LEADS:III,aVR,aVL,aVF");
    }

    @Test
    void leads_in_different_units_are_brought_to_millivolts_each_by_itself() {
        Recording joined = joined(with(Lead.V3, observation -> {
            observation.getValueSampledData().getOrigin().setUnit("uV").setCode("uV");
            observation.getValueSampledData().setFactor(BigDecimal.ONE);
        }));

        assertThat(joined.contentHash())
                .isEqualTo(EcgObservation.twelveLeads().recording().contentHash());
    }

    @Test
    void an_ecg_that_lacks_a_lead_is_refused_by_the_names_of_what_is_missing() {
        List<Recording> parts = twelve();
        parts.remove(Lead.V5.ordinal());
        parts.remove(Lead.II.ordinal());

        assertThat(refused(parts))
                .isEqualTo(new ReadOutcome.Refused(
                        RefusalReason.INCOMPLETE_GROUP,
                        "Observation",
                        "10 of 12 leads came; missing II, V5; expected all twelve, or I, II and V1 to V6, within the waiting"
                                + " time"));
    }

    @Test
    void a_lead_that_is_there_twice_is_not_chosen() {
        List<Recording> parts = twelve();
        parts.add(part(Lead.V3, observation -> observation.setId("Observation/99/_history/1")));

        assertThat(refused(parts).reason()).isEqualTo(RefusalReason.AMBIGUOUS_GROUP);
        assertThat(refused(parts).detail())
                .isEqualTo("lead V3 is in Observation/9 and in Observation/99, of the same patient, device and time;"
                        + " expected each lead once");
        Collections.reverse(parts);
        assertThat(refused(parts).detail()).contains("is in Observation/9 and in Observation/99,");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 11})
    void a_lead_of_another_length_is_named(int odd) {
        Lead lead = Lead.twelve().get(odd);
        ReadOutcome.Refused refused = refused(
                with(lead, observation -> observation.getValueSampledData().setData(EcgObservation.data(4999, odd))));

        assertThat(refused.reason()).isEqualTo(RefusalReason.AMBIGUOUS_GROUP);
        assertThat(refused.element()).isEqualTo("Observation/" + (odd + 1));
        assertThat(refused.detail())
                .startsWith("lead " + lead.display() + " has 4999 samples at 500 Hz")
                .contains("has 5000 samples at 500 Hz");
    }

    @Test
    void a_lead_of_another_sampling_frequency_is_named() {
        ReadOutcome.Refused refused = refused(
                with(Lead.V1, observation -> observation.getValueSampledData().setPeriod(new BigDecimal("4"))));

        assertThat(refused.reason()).isEqualTo(RefusalReason.AMBIGUOUS_GROUP);
        assertThat(refused.detail()).startsWith("lead V1 has 5000 samples at 250 Hz");
    }

    @Test
    void leads_of_two_encounters_are_refused_and_a_lead_that_names_none_is_not() {
        List<Recording> parts = with(Lead.I, observation -> observation.setEncounter(new Reference("Encounter/1")));
        assertThat(joined(parts).encounter().orElseThrow().reference()).contains("Encounter/1");
        parts.set(1, part(Lead.II, observation -> observation.setEncounter(new Reference("Encounter/2"))));

        assertThat(refused(parts).reason()).isEqualTo(RefusalReason.AMBIGUOUS_GROUP);
        assertThat(refused(parts).detail()).isEqualTo("the leads name 2 encounters; expected one");
    }

    @Test
    void the_limit_of_points_counts_for_all_leads_together() {
        assertThat(JoinedLeads.join(twelve(), 60_000)).isInstanceOf(ReadOutcome.Read.class);
        assertThat(JoinedLeads.join(twelve(), 59_999))
                .isInstanceOfSatisfying(
                        ReadOutcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.TOO_LONG));
    }

    @Test
    void a_flag_of_one_lead_is_kept() {
        Recording joined = joined(with(
                Lead.V2,
                observation -> observation.getValueSampledData().setData(EcgObservation.data(4999, 3) + " U")));

        assertThat(joined.flags()).containsExactly("BEYOND_LIMITS:V2=1", "JOINED_OBSERVATIONS:12");
    }

    @Test
    void a_recording_of_more_leads_is_no_part() {
        assertThatThrownBy(() -> JoinedLeads.join(
                        List.of(EcgObservation.twelveLeads().recording()), ReadOptions.DEFAULT_MAXIMUM_POINTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a part of an ECG is one Observation of one lead, was of 12");
    }
}
