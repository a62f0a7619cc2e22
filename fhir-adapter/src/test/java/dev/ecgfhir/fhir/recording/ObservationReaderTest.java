package dev.ecgfhir.fhir.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

class ObservationReaderTest {
    @Test
    void reads_one_component_for_each_lead() {
        Recording recording = EcgObservation.twelveLeads().recording();
        assertThat(recording.leads().keySet()).containsExactlyElementsOf(Lead.twelve());
        assertThat(recording.seconds()).isEqualTo(10);
        assertThat(recording.flags()).isEmpty();
        for (RecordedLead lead : recording.leads().values()) {
            assertThat(lead.derived()).isFalse();
            assertThat(lead.waveform().frequency().hertz()).isEqualTo(500);
            for (int i = 0; i < 5000; i++) {
                assertThat(lead.waveform().millivolts(i))
                        .isEqualTo(((i * 7 + lead.lead().ordinal() * 13) % 401 - 200) / 1000.0);
            }
        }
    }

    @Test
    void reads_one_lead_as_the_observations_value() {
        Recording recording = EcgObservation.single(EcgObservation.MDC_ISO, "131329", EcgObservation.data(3000, 1))
                .recording();
        assertThat(recording.leads()).containsOnlyKeys(Lead.I);
        assertThat(recording.seconds()).isEqualTo(6);
    }

    @Test
    void reads_the_single_lead_from_the_body_site_where_the_code_does_not_tell() {
        EcgObservation observation = EcgObservation.single(EcgObservation.MDC, "131328", EcgObservation.data(3000, 1));
        assertThat(observation.refusal().reason()).isEqualTo(RefusalReason.NO_KNOWN_LEAD);
        observation.with(o -> o.setBodySite(new CodeableConcept().setText("Lead I")));
        assertThat(observation.recording().leads()).containsOnlyKeys(Lead.I);
        observation.with(o -> o.getCode().getCodingFirstRep().setCode("131330"));
        assertThat(observation.refusal().reason()).isEqualTo(RefusalReason.CONFLICTING_LEAD);
    }

    @Test
    void joins_the_chunks_of_one_lead_in_order() {
        EcgObservation observation = EcgObservation.empty();
        for (int chunk = 0; chunk < 3; chunk++) {
            observation.lead(EcgObservation.MDC, "131329", EcgObservation.data(5120, chunk));
            observation.sampled(chunk, data -> data.setPeriod(new BigDecimal("1.953125")));
        }
        Recording recording = observation.recording();
        Waveform waveform = recording.leads().get(Lead.I).waveform();
        assertThat(waveform.samples()).isEqualTo(15_360);
        assertThat(waveform.seconds()).isEqualTo(30);
        assertThat(waveform.millivolts(5120)).isEqualTo((13 - 200) / 1000.0);
        assertThat(waveform.millivolts(10_240)).isEqualTo((26 - 200) / 1000.0);
        assertThat(recording.flags()).containsExactly("JOINED_CHUNKS:I=3");
    }

    @Test
    void adds_the_origin_and_multiplies_the_factor_exactly() {
        Recording recording = EcgObservation.empty()
                .lead(EcgObservation.MDC, "131329", "500 0 1000 -3 E")
                .sampled(data -> data.setFactor(new BigDecimal("0.001"))
                        .setPeriod(new BigDecimal("8"))
                        .getOrigin()
                        .setValue(new BigDecimal("-0.5")))
                .recording();
        assertThat(recording.leads().get(Lead.I).waveform().millivolts())
                .containsExactly(0, -0.5, 0.5, -0.503, Double.NaN);
    }

    @Test
    void takes_a_missing_factor_as_one() {
        Recording recording = EcgObservation.empty()
                .lead(EcgObservation.MDC, "131329", "0.25 -1")
                .sampled(data -> data.setFactorElement(null))
                .recording();
        assertThat(recording.leads().get(Lead.I).waveform().millivolts()).containsExactly(0.25, -1);
    }

    @Test
    void never_clips_with_the_limits() {
        Recording recording = EcgObservation.twelveLeads()
                .sampled(data -> data.setLowerLimit(new BigDecimal("-0.01")).setUpperLimit(new BigDecimal("0.01")))
                .recording();
        assertThat(recording.contentHash())
                .isEqualTo(EcgObservation.twelveLeads().recording().contentHash());
    }

    @Test
    void completes_eight_leads_to_twelve() {
        EcgObservation eight =
                EcgObservation.of(List.of(Lead.I, Lead.II, Lead.V1, Lead.V2, Lead.V3, Lead.V4, Lead.V5, Lead.V6));
        Recording recording = eight.recording();
        assertThat(recording.leads().keySet()).containsExactlyElementsOf(Lead.twelve());
        assertThat(recording.flags()).containsExactly("DERIVED_LEADS:III,aVR,aVL,aVF");
        for (int i = 0; i < 5000; i++) {
            double one = at(recording, Lead.I, i);
            double two = at(recording, Lead.II, i);
            assertThat(at(recording, Lead.III, i)).isEqualTo(two - one);
            assertThat(at(recording, Lead.AVR, i)).isCloseTo(-(one + two) / 2, within(1e-15));
            assertThat(at(recording, Lead.AVL, i)).isCloseTo(one - two / 2, within(1e-15));
            assertThat(at(recording, Lead.AVF, i)).isCloseTo(two - one / 2, within(1e-15));
        }
        assertThat(recording.leads().get(Lead.AVL).derived()).isTrue();
    }

    @Test
    void derives_only_the_leads_that_lack() {
        Recording recording = EcgObservation.twelveLeads().without(Lead.AVL).recording();
        assertThat(recording.flags()).containsExactly("DERIVED_LEADS:aVL");
        assertThat(recording.leads().get(Lead.III).derived()).isFalse();
    }

    @Test
    void derives_nothing_where_a_chest_lead_lacks_or_lead_one_is_at_another_rate() {
        assertThat(EcgObservation.twelveLeads()
                        .without(Lead.AVL)
                        .without(Lead.V3)
                        .recording()
                        .leads())
                .doesNotContainKeys(Lead.AVL, Lead.V3);
        Recording recording = EcgObservation.twelveLeads()
                .without(Lead.AVL)
                .sampled(data -> data.setPeriod(new BigDecimal("4")).setData(EcgObservation.data(2500, 0)))
                .recording();
        assertThat(recording.leads()).doesNotContainKey(Lead.AVL);
        assertThat(recording.flags()).containsExactly("LEADS_NOT_DERIVED");
    }

    @Test
    void reads_leads_of_different_rates() {
        Recording recording = EcgObservation.twelveLeads()
                .sampled(4, data -> data.setPeriod(new BigDecimal("1")).setData(EcgObservation.data(10_000, 4)))
                .recording();
        assertThat(recording.leads().get(Lead.AVL).waveform().frequency().hertz())
                .isEqualTo(1000);
        assertThat(recording.seconds()).isEqualTo(10);
    }

    @Test
    void accepts_one_sample_more_or_less() {
        assertThat(EcgObservation.twelveLeads()
                        .sampled(4, data -> data.setData(EcgObservation.data(4999, 4)))
                        .recording()
                        .seconds())
                .isEqualTo(9.998);
    }

    @Test
    void changes_the_sign_of_inverted_aVR() {
        EcgObservation inverted = EcgObservation.twelveLeads()
                .component(3, c -> c.getCode().getCodingFirstRep().setCode("131393"));
        Recording recording = inverted.recording();
        assertThat(recording.flags()).containsExactly("NEGATED_LEAD:-aVR");
        Recording upright = EcgObservation.twelveLeads().recording();
        for (int i = 0; i < 5000; i++) {
            assertThat(at(recording, Lead.AVR, i)).isEqualTo(0.0 - at(upright, Lead.AVR, i));
        }
    }

    @Test
    void leaves_out_what_is_no_standard_lead_and_says_so() {
        Recording recording = EcgObservation.twelveLeads()
                .lead(EcgObservation.MDC, "131337")
                .lead(EcgObservation.MDC, "131344", "broken")
                .lead("http://vendor.example", "respiration", "also broken")
                .lead(EcgObservation.MDC, "131393")
                .recording();
        assertThat(recording.leads()).hasSize(12);
        assertThat(recording.flags()).containsExactly("EXTRA_LEADS:-aVR,V7,X", "UNRECOGNISED_WAVEFORMS:1");
        assertThat(recording.contentHash())
                .isEqualTo(EcgObservation.twelveLeads().recording().contentHash());
    }

    @Test
    void leaves_out_median_beats_that_say_so() {
        EcgObservation observation = EcgObservation.twelveLeads();
        for (Lead lead : Lead.twelve()) {
            observation.lead(EcgObservation.MDC, EcgObservation.CODES.get(lead), EcgObservation.data(600, 1));
            int last = observation.build().getComponent().size() - 1;
            observation.component(last, c -> c.getCode().setText("Median beat"));
        }
        assertThat(observation.recording().flags()).containsExactly("MEDIAN_BEATS_LEFT_OUT:12");
        assertThat(observation.recording().seconds()).isEqualTo(10);
    }

    @Test
    void notes_leads_that_the_sender_says_are_absent() {
        Recording recording = EcgObservation.twelveLeads()
                .component(11, c -> c.setValue(null).getDataAbsentReason().setText("electrode off"))
                .recording();
        assertThat(recording.leads()).hasSize(11);
        assertThat(recording.flags()).containsExactly("ABSENT_LEADS:V6");
    }

    @Test
    void counts_points_beyond_the_limits_and_notes_a_negative_factor() {
        Recording recording = EcgObservation.empty()
                .lead(EcgObservation.MDC, "131329", "1 U L 2 E")
                .sampled(data -> data.setFactor(new BigDecimal("-0.001")))
                .recording();
        assertThat(recording.flags()).containsExactly("BEYOND_LIMITS:I=2", "NEGATIVE_FACTOR:I");
        assertThat(recording.leads().get(Lead.I).waveform().millivolts(0)).isEqualTo(-0.001);
    }

    @Test
    void takes_no_notice_of_the_order_of_components() {
        Recording expected = mixed().recording();
        for (long seed = 0; seed < 50; seed++) {
            Recording shuffled = mixed().shuffled(new Random(seed)).recording();
            assertThat(shuffled.contentHash()).as("seed %d", seed).isEqualTo(expected.contentHash());
            assertThat(shuffled.flags()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected.flags());
        }
    }

    @Test
    void takes_no_notice_of_components_that_are_no_waveform() {
        Recording recording = mixed().recording();
        assertThat(recording.contentHash())
                .isEqualTo(EcgObservation.twelveLeads().recording().contentHash());
    }

    @Test
    void copies_subject_encounter_orders_and_time() {
        Recording recording = EcgObservation.twelveLeads()
                .with(o -> {
                    o.setId("Observation/7/_history/3");
                    o.getMeta().setVersionId("3");
                    o.setSubject(new Reference("Patient/1"));
                    o.getEncounter().getIdentifier().setSystem("urn:visits").setValue("v9");
                    o.addBasedOn(new Reference("ServiceRequest/5"));
                    o.setEffective(new Period()
                            .setStartElement(new org.hl7.fhir.r4.model.DateTimeType("2026-11-24T03:00:00+01:00"))
                            .setEndElement(new org.hl7.fhir.r4.model.DateTimeType("2026-11-24T03:00:10+01:00")));
                })
                .recording();
        assertThat(recording.source())
                .isEqualTo(new SourceReference("test", Optional.of("Observation/7"), Optional.of("3")));
        assertThat(recording.subject())
                .contains(new ResourceLink(Optional.of("Patient/1"), Optional.empty(), Optional.empty()));
        assertThat(recording.encounter())
                .contains(new ResourceLink(Optional.empty(), Optional.of("urn:visits"), Optional.of("v9")));
        assertThat(recording.basedOn())
                .containsExactly(new ResourceLink(Optional.of("ServiceRequest/5"), Optional.empty(), Optional.empty()));
        assertThat(recording.effective()).contains("2026-11-24T03:00:00+01:00/2026-11-24T03:00:10+01:00");
    }

    @Test
    void replaces_a_contained_subject_by_its_identifier() {
        Recording recording = EcgObservation.twelveLeads()
                .with(o -> {
                    Patient patient = new Patient();
                    patient.setId("#p");
                    patient.addIdentifier().setSystem("urn:patients").setValue("17");
                    o.addContained(patient);
                    o.setSubject(new Reference("#p"));
                    o.getSubject().setResource(patient);
                })
                .recording();
        assertThat(recording.subject())
                .contains(new ResourceLink(Optional.empty(), Optional.of("urn:patients"), Optional.of("17")));
    }

    @Test
    void replaces_references_inside_a_bundle_by_the_targets_identifier() {
        String bundle = """
                {"resourceType":"Bundle","type":"collection","entry":[
                 {"fullUrl":"urn:uuid:7b2e5b3c-6f0f-4c7b-9d0e-1f3a5c7e9b11",
                  "resource":{"resourceType":"Patient","identifier":[{"system":"urn:patients","value":"17"}]}},
                 {"resource":{"resourceType":"Observation","status":"final",
                  "code":{"coding":[{"system":"urn:oid:2.16.840.1.113883.6.24","code":"131329"}]},
                  "subject":{"reference":"urn:uuid:7b2e5b3c-6f0f-4c7b-9d0e-1f3a5c7e9b11"},
                  "valueSampledData":{"origin":{"value":0,"unit":"mV"},"period":2,"dimensions":1,"data":"1 2 3"}}}]}""";
        ResourceParser.Resource parsed = (ResourceParser.Resource) new ResourceParser().parse(bundle);
        Observation observation =
                (Observation) ((Bundle) parsed.resource()).getEntry().get(1).getResource();
        assertThat(new ObservationReader(ReadOptions.defaults()).read(observation, "test"))
                .isInstanceOfSatisfying(
                        ReadOutcome.Read.class,
                        read -> assertThat(read.recording().subject())
                                .contains(new ResourceLink(
                                        Optional.empty(), Optional.of("urn:patients"), Optional.of("17"))));
    }

    @Test
    void hashes_the_signal_and_nothing_else() {
        String hash = EcgObservation.twelveLeads().recording().contentHash();
        assertThat(hash).matches("[0-9a-f]{64}");
        EcgObservation inMicrovolts = EcgObservation.twelveLeads().with(o -> o.setSubject(new Reference("Patient/2")));
        inMicrovolts
                .build()
                .getComponent()
                .forEach(c -> c.getValueSampledData()
                        .setFactorElement(null)
                        .getOrigin()
                        .setUnit("uV")
                        .setCode("uV"));
        assertThat(inMicrovolts.recording().contentHash()).isEqualTo(hash);
        assertThat(EcgObservation.twelveLeads()
                        .sampled(2, data -> data.setData(data.getData() + " 1"))
                        .recording()
                        .contentHash())
                .isNotEqualTo(hash);
        assertThat(EcgObservation.twelveLeads()
                        .sampled(2, data -> data.setData(data.getData().replaceFirst("-200|-174", "E")))
                        .recording()
                        .contentHash())
                .isNotEqualTo(hash);
    }

    private static EcgObservation mixed() {
        List<Observation.ObservationComponentComponent> others = new ArrayList<>();
        others.add(new Observation.ObservationComponentComponent());
        others.get(0).getCode().addCoding().setSystem(EcgObservation.LOINC).setCode("8867-4");
        others.get(0).setValue(new Quantity().setValue(61));
        return EcgObservation.twelveLeads().with(o -> others.forEach(o::addComponent));
    }

    private static double at(Recording recording, Lead lead, int index) {
        return recording.leads().get(lead).waveform().millivolts(index);
    }
}
