package dev.ecgfhir.fhir.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.SampledData;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationRefusalsTest {
    private static final String FIRST = "Observation.component[0].valueSampledData";

    @Test
    void refuses_interlaced_leads_by_name() {
        assertThat(EcgObservation.twelveLeads()
                        .sampled(data -> data.setDimensions(2))
                        .refusal())
                .isEqualTo(new ReadOutcome.Refused(
                        RefusalReason.UNSUPPORTED_FORM,
                        FIRST + ".dimensions",
                        "dimensions is 2, so the data interlaces several leads, and nothing in the resource says in which order;"
                                + " expected 1, one series for each lead, or a lead order in the source's settings"));
        ReadOutcome.Refused top = EcgObservation.single(EcgObservation.MDC, "131328", "1 2 3 4 5 6 7 8 9 10 11 12")
                .with(o -> o.getValueSampledData().setDimensions(12))
                .refusal();
        assertThat(top.reason()).isEqualTo(RefusalReason.UNSUPPORTED_FORM);
        assertThat(top.element()).isEqualTo("Observation.valueSampledData.dimensions");
    }

    @Test
    void refuses_a_code_with_another_leads_display() {
        assertThat(EcgObservation.twelveLeads()
                        .component(5, c -> c.getCode().getCodingFirstRep().setDisplay("MDC_ECG_ELEC_POTL_AVR"))
                        .refusal())
                .isEqualTo(
                        new ReadOutcome.Refused(
                                RefusalReason.CONFLICTING_LEAD,
                                "Observation.component[5].code",
                                "MDC 131392 says aVF, display says aVR; expected codes, displays and text to name the same lead"));
    }

    @Test
    void refuses_leads_of_unequal_duration_and_names_the_odd_one() {
        assertThat(EcgObservation.twelveLeads()
                        .sampled(8, data -> data.setData(EcgObservation.data(4998, 8)))
                        .refusal())
                .isEqualTo(new ReadOutcome.Refused(
                        RefusalReason.UNEQUAL_LENGTHS,
                        "Observation.component",
                        "lead V3 has 4998 samples at 500 Hz (9.996 s), lead I has 5000 samples at 500 Hz (10 s);"
                                + " expected all leads equally long, to one sample"));
    }

    @Test
    void refuses_one_lead_twice_beside_others_once() {
        assertThat(EcgObservation.twelveLeads()
                        .lead(EcgObservation.MDC, "131330")
                        .refusal()
                        .reason())
                .isEqualTo(RefusalReason.UNEQUAL_LENGTHS);
    }

    @Test
    void refuses_the_print_layout_with_a_rhythm_strip() {
        EcgObservation layout = EcgObservation.empty();
        Lead.twelve()
                .forEach(lead -> layout.lead(
                        EcgObservation.MDC, EcgObservation.CODES.get(lead), EcgObservation.data(1250, lead.ordinal())));
        layout.lead(EcgObservation.MDC, "131330");
        assertThat(layout.refusal().reason()).isEqualTo(RefusalReason.UNEQUAL_LENGTHS);
    }

    @Test
    void refuses_series_of_one_lead_that_are_no_chunks() {
        assertThat(twice(data -> data.setPeriod(new BigDecimal("4"))).reason())
                .isEqualTo(RefusalReason.UNEQUAL_LENGTHS);
        assertThat(twice(data -> data.setData(EcgObservation.data(5001, 1))).reason())
                .isEqualTo(RefusalReason.UNEQUAL_LENGTHS);
        assertThat(twice(data -> data.setData(EcgObservation.data(5000, 0))))
                .isEqualTo(new ReadOutcome.Refused(
                        RefusalReason.UNSUPPORTED_FORM,
                        "Observation.component[1].valueSampledData.data",
                        "lead I stands here and in " + FIRST
                                + " with the same samples; expected consecutive chunks, not copies"));
        ReadOutcome.Refused median = twice(data -> data.setData(EcgObservation.data(600, 1)));
        assertThat(median.reason()).isEqualTo(RefusalReason.UNSUPPORTED_FORM);
        assertThat(median.detail()).contains("a chunk or a median beat");
    }

    @Test
    void refuses_a_second_series_of_a_lead_that_is_labelled_otherwise() {
        EcgObservation observation = EcgObservation.empty()
                .lead(EcgObservation.MDC, "131329")
                .lead(EcgObservation.MDC, "131329")
                .component(1, c -> c.getCode().setText("filtered"));
        assertThat(observation.refusal())
                .isEqualTo(new ReadOutcome.Refused(
                        RefusalReason.UNSUPPORTED_FORM,
                        "Observation.component[1].code",
                        "lead I stands here and in Observation.component[0] with other codes or texts;"
                                + " expected consecutive chunks, which are labelled alike"));
    }

    @Test
    void refuses_too_many_points_of_all_leads_together() {
        ObservationReader reader = new ObservationReader(ReadOptions.defaults().withMaximumPoints(59_999));
        assertThat(reader.read(EcgObservation.twelveLeads().build(), "test"))
                .isEqualTo(new ReadOutcome.Refused(
                        RefusalReason.TOO_LONG,
                        "Observation.component[11].valueSampledData.data",
                        "data has 5000 points; expected at most 4999, which are left of the limit for one recording"));
    }

    @Test
    void refuses_what_the_sampled_data_lacks() {
        assertRefused(RefusalReason.NO_DATA, ".data", data -> data.setDataElement(null));
        assertRefused(RefusalReason.NO_DATA, ".data", data -> data.setData(" "));
        assertRefused(RefusalReason.BAD_SAMPLED_DATA, ".dimensions", data -> data.setDimensionsElement(null));
        assertRefused(
                RefusalReason.BAD_SAMPLED_DATA,
                ".origin.value",
                data -> data.getOrigin().setValue((BigDecimal) null));
        assertRefused(RefusalReason.NO_UNIT, ".origin", data -> data.setOrigin(null));
        assertRefused(RefusalReason.BAD_SAMPLED_DATA, ".factor", data -> data.setFactor(0));
        assertRefused(
                RefusalReason.BAD_SAMPLED_DATA, ".factor", data -> data.setFactor(new BigDecimal("1E+999999999")));
        assertRefused(
                RefusalReason.BAD_SAMPLED_DATA,
                ".origin.value",
                data -> data.getOrigin().setValue(new BigDecimal("1E-999999999")));
        assertRefused(
                RefusalReason.BAD_SAMPLED_DATA,
                ".origin.comparator",
                data -> data.getOrigin().setComparator(Quantity.QuantityComparator.LESS_THAN));
        assertRefused(RefusalReason.BAD_DATA, ".data", data -> data.setData("1 2 x"));
        assertRefused(RefusalReason.NO_PERIOD, ".period", data -> data.setPeriodElement(null));
    }

    @Test
    void refuses_data_that_are_said_to_be_absent() {
        ReadOutcome.Refused refused = EcgObservation.twelveLeads()
                .component(0, c -> c.getDataAbsentReason().setText("error"))
                .refusal();
        assertThat(refused.reason()).isEqualTo(RefusalReason.BAD_SAMPLED_DATA);
        assertThat(refused.element()).isEqualTo("Observation.component[0].dataAbsentReason");
    }

    @Test
    void refuses_subsetted_resources() {
        assertThat(EcgObservation.twelveLeads()
                        .with(o -> o.getMeta()
                                .addTag(new Coding(
                                        "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
                                        "SUBSETTED",
                                        null)))
                        .refusal()
                        .reason())
                .isEqualTo(RefusalReason.SUBSETTED);
    }

    @Test
    void refuses_modifiers_that_it_does_not_understand() {
        ReadOutcome.Refused refused = EcgObservation.twelveLeads()
                .component(
                        2, c -> c.addModifierExtension().setUrl("urn:inverted").setValue(new StringType("yes")))
                .refusal();
        assertThat(refused.reason()).isEqualTo(RefusalReason.UNSUPPORTED_FORM);
        assertThat(refused.element()).isEqualTo("Observation.component[2].modifierExtension");
        assertThat(EcgObservation.twelveLeads()
                        .with(o -> o.setImplicitRules("urn:rules"))
                        .refusal()
                        .element())
                .isEqualTo("Observation.implicitRules");
    }

    @Test
    void refuses_waveforms_of_unknown_leads() {
        ReadOutcome.Refused refused =
                EcgObservation.empty().lead(EcgObservation.MDC, "131328").refusal();
        assertThat(refused.reason()).isEqualTo(RefusalReason.NO_KNOWN_LEAD);
        assertThat(refused.element()).isEqualTo("Observation.component[0].code");
        assertThat(EcgObservation.empty()
                        .lead(EcgObservation.MDC, "131337")
                        .refusal()
                        .reason())
                .isEqualTo(RefusalReason.NO_KNOWN_LEAD);
    }

    @Test
    void refuses_hl7s_own_example_because_it_names_no_unit() {
        EcgObservation example = EcgObservation.empty();
        for (String code : List.of("131329", "131330", "131389")) {
            example.lead(EcgObservation.MDC, code, "2041 2043 2037 2047 2060 2062 2051 2023 2014 2027 2034 2033");
        }
        example.build()
                .getComponent()
                .forEach(c -> c.getValueSampledData()
                        .setPeriod(10)
                        .setFactor(new BigDecimal("1.612"))
                        .setLowerLimit(-3300)
                        .setUpperLimit(3300)
                        .setOrigin(new Quantity().setValue(2048)));
        assertThat(example.refusal().reason()).isEqualTo(RefusalReason.NO_UNIT);
    }

    @ParameterizedTest
    @EnumSource(
            value = Observation.ObservationStatus.class,
            names = {"ENTEREDINERROR", "CANCELLED", "REGISTERED"})
    void ignores_what_is_withdrawn_or_not_yet_there(Observation.ObservationStatus status) {
        assertIgnored(IgnoreReason.STATUS, EcgObservation.twelveLeads().with(o -> o.setStatus(status)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Observation.ObservationStatus.class,
            names = {"PRELIMINARY", "FINAL", "AMENDED", "CORRECTED"})
    void reads_every_status_that_has_results(Observation.ObservationStatus status) {
        assertThat(EcgObservation.twelveLeads()
                        .with(o -> o.setStatus(status))
                        .recording()
                        .flags())
                .isEmpty();
    }

    @Test
    void reads_an_unknown_status_with_a_flag_and_refuses_a_missing_one() {
        assertThat(EcgObservation.twelveLeads()
                        .with(o -> o.setStatus(Observation.ObservationStatus.UNKNOWN))
                        .recording()
                        .flags())
                .containsExactly("STATUS_UNKNOWN");
        assertThat(EcgObservation.twelveLeads()
                        .with(o -> o.setStatus(null))
                        .refusal()
                        .element())
                .isEqualTo("Observation.status");
    }

    @Test
    void ignores_observations_without_waveform() {
        assertIgnored(
                IgnoreReason.NO_WAVEFORM, EcgObservation.empty().with(o -> o.setValue(new StringType("sinus rhythm"))));
        assertThat(new ObservationReader(ReadOptions.defaults()).read(new Observation(), "test"))
                .isInstanceOfSatisfying(
                        ReadOutcome.Ignored.class,
                        ignored -> assertThat(ignored.reason()).isEqualTo(IgnoreReason.NO_WAVEFORM));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pleth", "V1", "I", "SpO2 waveform"})
    void ignores_waveforms_that_nothing_calls_an_ecg(String text) {
        EcgObservation other = EcgObservation.empty().lead("http://vendor.example", "1");
        other.build().setCode(new CodeableConcept().setText(text));
        other.component(0, c -> c.setCode(new CodeableConcept().setText(text)));
        assertIgnored(IgnoreReason.NOT_AN_ECG, other);
    }

    @Test
    void ignores_a_trend_of_the_heart_rate() {
        EcgObservation trend = EcgObservation.single("http://loinc.org", "8867-4", "60 61 62");
        assertIgnored(IgnoreReason.NOT_AN_ECG, trend);
        assertIgnored(
                IgnoreReason.NOT_AN_ECG,
                EcgObservation.single(EcgObservation.MDC, "147842", "60 61")
                        .with(o -> o.getCode().getCodingFirstRep().setDisplay("MDC_ECG_HEART_RATE")));
    }

    @Test
    void ignores_its_own_results() {
        assertIgnored(
                IgnoreReason.OWN_RESULT,
                EcgObservation.twelveLeads()
                        .with(o -> o.addIdentifier()
                                .setSystem("https://ecgfhir.dev/identifier/report")
                                .setValue("x")));
        assertIgnored(
                IgnoreReason.OWN_RESULT,
                EcgObservation.twelveLeads()
                        .with(o -> o.getDevice()
                                .getIdentifier()
                                .setSystem("https://ecgfhir.dev/identifier/device")
                                .setValue("x")));
    }

    private static void assertRefused(RefusalReason reason, String element, Consumer<SampledData> change) {
        ReadOutcome.Refused refused =
                EcgObservation.twelveLeads().sampled(change).refusal();
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.element()).isEqualTo(FIRST + element);
        assertThat(refused.detail()).contains("expected");
    }

    private static void assertIgnored(IgnoreReason reason, EcgObservation observation) {
        assertThat(observation.read())
                .isInstanceOfSatisfying(
                        ReadOutcome.Ignored.class,
                        ignored -> assertThat(ignored.reason()).isEqualTo(reason));
    }

    /** Two series of lead I, the second changed. */
    private static ReadOutcome.Refused twice(Consumer<SampledData> change) {
        return EcgObservation.empty()
                .lead(EcgObservation.MDC, "131329")
                .lead(EcgObservation.MDC, "131329")
                .sampled(1, change)
                .refusal();
    }
}
