package dev.ecgfhir.fhir.report;

import static dev.ecgfhir.fhir.report.Contents.atrialFibrillation;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;

/** US Core 9.0.0: each element that the two profiles want supported. */
class UsCoreTest {
    private static final ReportWriter WRITER =
            new ReportWriter(FhirContext.forR4Cached(), ReportOptions.defaults().withUsCore(true));

    @Test
    void a_report_has_every_element_that_the_note_profile_wants_supported_and_that_a_program_can_fill() {
        DiagnosticReport report =
                OwnResources.report(WRITER.transaction(atrialFibrillation().build(), Optional.of(Contents.BASE)));

        assertThat(report.getMeta().getProfile())
                .extracting(one -> one.getValue())
                .containsExactly("http://hl7.org/fhir/us/core/StructureDefinition/us-core-diagnosticreport-note");
        assertThat(report.getStatus()).isEqualTo(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY);
        assertThat(report.getCategory()).anySatisfy(category -> {
            assertThat(category.getCodingFirstRep().getSystem()).isEqualTo("http://loinc.org");
            assertThat(category.getCodingFirstRep().getCode()).isEqualTo("LP29708-2");
        });
        assertThat(report.getCode().getCodingFirstRep().getSystem()).isEqualTo("http://loinc.org");
        assertThat(report.getSubject().getReference()).isEqualTo("Patient/7");
        assertThat(report.getEncounter().getReference()).isEqualTo("Encounter/8");
        assertThat(report.hasEffectiveDateTimeType()).isTrue();
        assertThat(report.hasIssued()).isTrue();
        assertThat(report.getResult()).isNotEmpty();
        assertThat(new String(report.getPresentedFormFirstRep().getData(), StandardCharsets.UTF_8))
                .contains("Atrial fibrillation", "not confirmed by a person");
        assertThat(report.hasPerformer() || report.hasResultsInterpreter())
                .as("both are persons in R4; no person has read it yet")
                .isFalse();
    }

    @Test
    void a_result_has_every_element_that_the_clinical_result_profile_wants_supported() {
        for (Observation result : results(atrialFibrillation())) {
            assertThat(result.getMeta().getProfile())
                    .extracting(one -> one.getValue())
                    .containsExactly(
                            "http://hl7.org/fhir/us/core/StructureDefinition/us-core-observation-clinical-result");
            assertThat(result.hasStatus()).isTrue();
            assertThat(result.getCategory())
                    .anySatisfy(category ->
                            assertThat(category.getCodingFirstRep().getCode()).isEqualTo("procedure"));
            assertThat(result.hasCode()).isTrue();
            assertThat(result.getSubject().getReference()).isEqualTo("Patient/7");
            assertThat(result.getEncounter().getReference()).isEqualTo("Encounter/8");
            assertThat(result.hasEffectiveDateTimeType()).isTrue();
            assertThat(result.hasValue() || result.hasDataAbsentReason() || result.hasComponent())
                    .isTrue();
        }
    }

    @Test
    void without_patient_or_day_nothing_is_claimed_and_the_report_is_written_all_the_same() {
        for (Contents contents : List.of(
                atrialFibrillation().withoutLinks(),
                atrialFibrillation().subject(Contents.link("Group/1")),
                atrialFibrillation().withoutTime(),
                atrialFibrillation().effective("2026-11"))) {
            Bundle bundle = WRITER.transaction(contents.build(), Optional.of(Contents.BASE));
            assertThat(OwnResources.report(bundle).getMeta().hasProfile()).isFalse();
            assertThat(OwnResources.report(bundle).getConclusion()).contains("Atrial fibrillation");
        }
    }

    private static List<Observation> results(Contents contents) {
        return WRITER.transaction(contents.build(), Optional.of(Contents.BASE)).getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(Observation.class::isInstance)
                .map(Observation.class::cast)
                .toList();
    }
}
