package dev.ecgfhir.fhir.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.hl7.fhir.r4.model.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitReaderTest {
    private static final String UCUM = "http://unitsofmeasure.org";

    @ParameterizedTest
    @CsvSource({"mV, 1", "uV, 0.001", "nV, 0.000001", "V, 1000"})
    void brings_ucum_units_to_millivolts(String code, double millivolts) {
        assertThat(firstSample(new Quantity().setSystem(UCUM).setCode(code).setValue(0)))
                .isEqualTo(millivolts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uV", "\u00B5V", "\u03BCV", "mcV", " uV ", "microvolt"})
    void reads_the_unit_as_text(String unit) {
        assertThat(firstSample(new Quantity().setUnit(unit).setValue(0))).isEqualTo(0.001);
    }

    @Test
    void tolerates_another_system_for_the_unit() {
        Quantity origin = new Quantity()
                .setSystem("https://units-of-measurement.org/")
                .setCode("\u00B5V")
                .setUnit("\u00B5V")
                .setValue(0);
        assertThat(firstSample(origin)).isEqualTo(0.001);
    }

    @Test
    void takes_the_default_only_where_no_unit_is_named() {
        EcgObservation without = withOrigin(new Quantity().setValue(0));
        assertThat(without.refusal())
                .isEqualTo(
                        new ReadOutcome.Refused(
                                RefusalReason.NO_UNIT,
                                "Observation.component[0].valueSampledData.origin",
                                "origin names no unit; expected the UCUM code mV, uV, nV or V, or a default unit in the source's settings"));
        ObservationReader reader = new ObservationReader(ReadOptions.defaults().withDefaultUnit(VoltageUnit.MICROVOLT));
        assertThat(reader.read(without.build(), "test")).isInstanceOfSatisfying(ReadOutcome.Read.class, read -> {
            assertThat(read.recording().leads().get(Lead.I).waveform().millivolts(0))
                    .isEqualTo(0.001);
            assertThat(read.recording().flags()).containsExactly("DEFAULT_UNIT:uV");
        });
        assertThat(reader.read(
                        withOrigin(new Quantity().setSystem(UCUM).setCode("mV").setValue(0))
                                .build(),
                        "test"))
                .isInstanceOfSatisfying(ReadOutcome.Read.class, read -> {
                    assertThat(read.recording().leads().get(Lead.I).waveform().millivolts(0))
                            .isEqualTo(1);
                    assertThat(read.recording().flags()).isEmpty();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"MV", "mv", "kV", "mmHg", "mV/mm", "/min", "UV", "mcV"})
    void refuses_other_ucum_codes(String code) {
        ReadOutcome.Refused refused = withOrigin(
                        new Quantity().setSystem(UCUM).setCode(code).setValue(0))
                .refusal();
        assertThat(refused.reason()).isEqualTo(RefusalReason.BAD_UNIT);
        assertThat(refused.detail())
                .isEqualTo("the unit code is '" + code + "'; expected the UCUM code mV, uV, nV or V");
    }

    @Test
    void refuses_a_code_and_a_text_that_disagree() {
        ReadOutcome.Refused refused = withOrigin(new Quantity()
                        .setSystem(UCUM)
                        .setCode("mV")
                        .setUnit("uV")
                        .setValue(0))
                .refusal();
        assertThat(refused.reason()).isEqualTo(RefusalReason.BAD_UNIT);
        assertThat(refused.detail())
                .isEqualTo("the code says mV and the unit's text uV; expected the same unit in both");
    }

    @Test
    void never_quotes_what_could_be_more_than_a_unit() {
        ReadOutcome.Refused refused = withOrigin(
                        new Quantity().setUnit("Erika Mustermann, 1970").setValue(0))
                .refusal();
        assertThat(refused.reason()).isEqualTo(RefusalReason.BAD_UNIT);
        assertThat(refused.detail()).isEqualTo("the unit is a text of 22 characters; expected mV, uV, nV or V");
    }

    private static double firstSample(Quantity origin) {
        return withOrigin(origin).recording().leads().get(Lead.I).waveform().millivolts(0);
    }

    private static EcgObservation withOrigin(Quantity origin) {
        return EcgObservation.empty()
                .lead(EcgObservation.MDC, "131329", "1 2 3")
                .sampled(data -> data.setOrigin(origin).setFactor(BigDecimal.ONE));
    }
}
