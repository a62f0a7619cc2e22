package dev.ecgfhir.fhir.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingPeriodTest {
    private static final String R5 = "http://hl7.org/fhir/5.0/StructureDefinition/extension-SampledData.";

    @ParameterizedTest
    @CsvSource({
        "2, 500",
        "2.0, 500",
        "1, 1000",
        "4, 250",
        "0.5, 2000",
        "1.953125, 512",
        "2.5, 400",
        "3.333333333, 300",
        "3.333, 300",
        "2.77777778, 360",
        "1.953, 512",
        "8, 125",
        "3, 333.3333333333333",
        "3.3, 303.03030303030306",
        "1.95314, 511.9960678701987"
    })
    void is_a_thousand_over_the_period_and_whole_where_rounding_explains_it(BigDecimal period, double hertz) {
        assertThat(SamplingPeriod.frequency(period).hertz()).isEqualTo(hertz);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "10.0", "10.000", "12.5", "100", "0.4999", "0.1", "1E-30", "1E+30"})
    void refuses_frequencies_outside_100_to_2000(BigDecimal period) {
        ReadOutcome.Refused refused = EcgObservation.twelveLeads()
                .sampled(data -> data.setPeriod(period))
                .refusal();
        assertThat(refused.reason()).isEqualTo(RefusalReason.BAD_SAMPLING_FREQUENCY);
        assertThat(refused.element()).isEqualTo("Observation.component[0].valueSampledData.period");
        assertThat(refused.detail()).contains("expected more than 100 Hz and at most 2000 Hz");
    }

    @Test
    void says_that_the_period_is_probably_in_seconds() {
        ReadOutcome.Refused refused = EcgObservation.twelveLeads()
                .sampled(data -> data.setPeriod(new BigDecimal("0.001")))
                .refusal();
        assertThat(refused)
                .isEqualTo(
                        new ReadOutcome.Refused(
                                RefusalReason.BAD_SAMPLING_FREQUENCY,
                                "Observation.component[0].valueSampledData.period",
                                "period 0.001 ms is 1000000 Hz; expected more than 100 Hz and at most 2000 Hz, a period of 0.5 ms to less than 10 ms;"
                                        + " in seconds, which FHIR does not allow here, it would be 1000 Hz: the sender seems to write seconds"));
    }

    @Test
    void names_the_r5_elements_where_the_period_is_missing() {
        ReadOutcome.Refused refused = EcgObservation.twelveLeads()
                .sampled(3, data -> data.setPeriodElement(null))
                .refusal();
        assertThat(refused.reason()).isEqualTo(RefusalReason.NO_PERIOD);
        assertThat(refused.element()).isEqualTo("Observation.component[3].valueSampledData.period");
        assertThat(refused.detail()).contains("interval and intervalUnit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-2", "-0.0", "1E-999999999", "1E+999999999"})
    void refuses_periods_that_are_none(BigDecimal period) {
        assertThat(EcgObservation.twelveLeads()
                        .sampled(data -> data.setPeriod(period))
                        .refusal()
                        .reason())
                .isEqualTo(RefusalReason.BAD_PERIOD);
    }

    @Test
    void accepts_the_r5_unit_of_milliseconds_and_no_other() {
        assertThat(EcgObservation.twelveLeads()
                        .sampled(data -> data.addExtension(R5 + "intervalUnit", new CodeType("ms")))
                        .recording()
                        .seconds())
                .isEqualTo(10);
        ReadOutcome.Refused refused = EcgObservation.twelveLeads()
                .sampled(data -> data.addExtension(R5 + "intervalUnit", new CodeType("s")))
                .refusal();
        assertThat(refused.reason()).isEqualTo(RefusalReason.UNSUPPORTED_FORM);
        assertThat(refused.detail()).contains("'intervalUnit'");
    }

    @Test
    void refuses_irregular_sampling() {
        assertThat(EcgObservation.twelveLeads()
                        .sampled(data -> data.addExtension(R5 + "offsets", new StringType("0 2 5")))
                        .refusal()
                        .reason())
                .isEqualTo(RefusalReason.UNSUPPORTED_FORM);
    }
}
