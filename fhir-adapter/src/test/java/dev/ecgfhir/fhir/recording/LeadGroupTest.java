package dev.ecgfhir.fhir.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeadGroupTest {
    private static final String BASE = "http://ecg/fhir";

    private static Observation of(String subject, String device, String time) {
        Observation observation =
                new Observation().setSubject(new Reference(subject)).setEffective(new DateTimeType(time));
        if (!device.isEmpty()) {
            observation.setDevice(new Reference(device));
        }
        return observation;
    }

    private static LeadGroup group(Observation observation) {
        return LeadGroup.of(observation, BASE).orElseThrow();
    }

    @Test
    void subject_and_device_make_the_key_and_cannot_be_read_from_it() {
        LeadGroup group = group(of("Patient/secret", "Device/d", "2026-11-28T10:00:00Z"));

        assertThat(group.key()).matches("[0-9a-f]{64}");
        assertThat(group).isEqualTo(group(of("Patient/secret", "Device/d", "2026-11-28T11:00:00+01:00")));
        assertThat(group.key())
                .isNotEqualTo(group(of("Patient/other", "Device/d", "2026-11-28T10:00:00Z"))
                        .key())
                .isNotEqualTo(group(of("Patient/secret", "Device/e", "2026-11-28T10:00:00Z"))
                        .key())
                .isNotEqualTo(
                        group(of("Patient/secret", "", "2026-11-28T10:00:00Z")).key())
                .isNotEqualTo(LeadGroup.of(of("Patient/secret", "Device/d", "2026-11-28T10:00:00Z"), "http://b/fhir")
                        .orElseThrow()
                        .key());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://ecg/fhir/Patient/7", "Patient/7/_history/3", "http://ecg/fhir/Patient/7/_history/2"})
    void a_reference_means_the_same_with_the_servers_address_and_with_a_version(String subject) {
        assertThat(group(of(subject, "", "2026-11-28T10:00:00Z")))
                .isEqualTo(group(of("Patient/7", "", "2026-11-28T10:00:00Z")));
    }

    @Test
    void a_patient_of_another_server_is_another_one() {
        assertThat(group(of("http://b/fhir/Patient/7", "", "2026-11-28T10:00:00Z")))
                .isNotEqualTo(group(of("Patient/7", "", "2026-11-28T10:00:00Z")));
    }

    @Test
    void what_is_only_named_by_an_identifier_or_contained_counts_by_the_identifier() {
        Observation named = of("Patient/7", "", "2026-11-28T10:00:00Z");
        named.setDevice(new Reference()
                .setIdentifier(new Identifier().setSystem("urn:d").setValue("1")));
        Device device =
                new Device().addIdentifier(new Identifier().setSystem("urn:d").setValue("1"));
        Observation contained = of("Patient/7", "", "2026-11-28T10:00:00Z");
        contained.setDevice(new Reference(device));

        assertThat(group(named)).isEqualTo(group(contained));
        assertThat(group(named)).isNotEqualTo(group(of("Patient/7", "", "2026-11-28T10:00:00Z")));
    }

    @Test
    void the_time_is_that_of_an_instant_or_of_the_start_of_a_period_too() {
        Observation instant = of("Patient/7", "", "2026-11-28T10:00:00Z");
        instant.setEffective(new InstantType("2026-11-28T10:00:00.250Z"));
        Observation period = of("Patient/7", "", "2026-11-28T10:00:00Z");
        period.setEffective(new Period().setStartElement(new DateTimeType("2026-11-28T10:00:00.250Z")));

        assertThat(group(instant).effective()).isEqualTo(Instant.parse("2026-11-28T10:00:00.250Z"));
        assertThat(group(period)).isEqualTo(group(instant));
    }

    @Test
    void without_subject_or_without_a_time_to_the_second_there_is_no_group() {
        Observation nobody = of("Patient/7", "", "2026-11-28T10:00:00Z").setSubject(new Reference());
        Observation someDay = of("Patient/7", "", "2026-11-28");
        Observation noTime = of("Patient/7", "", "2026-11-28").setEffective(null);

        assertThat(LeadGroup.of(nobody, BASE)).isEmpty();
        assertThat(LeadGroup.of(someDay, BASE)).isEmpty();
        assertThat(LeadGroup.of(noTime, BASE)).isEmpty();
        assertThat(LeadGroup.refusal(nobody).element()).isEqualTo("Observation.subject");
        assertThat(LeadGroup.refusal(someDay).reason()).isEqualTo(RefusalReason.UNGROUPED_LEAD);
        assertThat(LeadGroup.refusal(someDay).detail())
                .startsWith("no time to the second")
                .doesNotContain("Patient");
    }
}
