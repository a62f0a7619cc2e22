package dev.ecgfhir.fhir.report;

import static dev.ecgfhir.fhir.report.Contents.atrialFibrillation;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** US Core 9.0.0: each element that the two profiles want supported. */
class UsCoreTest {
    private static final Path PROFILES = Path.of("..", "war", "src", "test", "resources", "us-core");
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

    /** Read from the profiles themselves, so that a newer one with more elements fails here. */
    @ParameterizedTest
    @CsvSource({
        // a person, or an organization, in R4; nobody has read it yet
        "us-core-diagnosticreport-note, performer resultsInterpreter, 12",
        // all values are there; a label that was not assessed has its reason in its component
        "us-core-observation-clinical-result, performer dataAbsentReason, 10"
    })
    void nothing_that_a_profile_wants_supported_is_missing(String profile, String empty, int elements)
            throws IOException {
        StructureDefinition definition = FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(
                        StructureDefinition.class,
                        Files.readString(PROFILES.resolve("StructureDefinition-" + profile + ".json")));
        List<String> supported = definition.getDifferential().getElement().stream()
                .filter(ElementDefinition::getMustSupport)
                .map(element -> element.getPath().replaceFirst("^[A-Za-z]+\\.", ""))
                .toList();
        assertThat(supported).hasSize(elements);

        List<Resource> claiming =
                WRITER.transaction(atrialFibrillation().build(), Optional.of(Contents.BASE)).getEntry().stream()
                        .map(Bundle.BundleEntryComponent::getResource)
                        .filter(one -> one.getMeta().hasProfile(definition.getUrl()))
                        .toList();
        assertThat(claiming).isNotEmpty().allSatisfy(resource -> {
            Set<String> filled = resource.children().stream()
                    .filter(property -> property.getValues().stream().anyMatch(value -> !value.isEmpty()))
                    .map(Property::getName)
                    .collect(Collectors.toSet());
            if (filled.contains("component")) {
                filled.add("value[x]"); // the scores have theirs there
            }
            assertThat(supported)
                    .filteredOn(element -> !filled.contains(element))
                    .containsExactlyInAnyOrder(empty.split(" "));
        });
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
