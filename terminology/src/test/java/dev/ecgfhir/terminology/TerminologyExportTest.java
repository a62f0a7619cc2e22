package dev.ecgfhir.terminology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.SourceElementComponent;
import org.hl7.fhir.r4.model.ConceptMap.TargetElementComponent;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TerminologyExportTest {
    private static final FhirContext R4 = FhirContext.forR4Cached();

    @TempDir
    private Path directory;

    @Test
    void writes_one_file_for_each_resource_named_after_it() throws IOException {
        List<Path> files = TerminologyExport.write(directory.resolve("new/folder"), R4);

        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        "CodeSystem-ecgfounder-labels.json",
                        "ConceptMap-ecgfounder-labels-to-snomed-ct.json",
                        "ValueSet-ecgfounder-labels.json",
                        "ValueSet-ecgfounder-reportable-findings.json",
                        "ValueSet-ecgfounder-critical-findings.json",
                        "ValueSet-ecgfounder-unmatched-labels.json",
                        "CodeSystem-ecgfounder-combinations.json",
                        "ConceptMap-ecgfounder-combinations-to-snomed-ct.json",
                        "ValueSet-ecgfounder-combinations.json");
        assertThat(Files.readString(files.get(0)))
                .startsWith("{\n  \"resourceType\": \"CodeSystem\"")
                .endsWith("}\n");
    }

    @ParameterizedTest
    @EnumSource(ConceptScope.class)
    void what_is_written_has_no_error_in_the_validators_eyes(ConceptScope scope) throws IOException {
        FhirValidator validator = validator(Terminology.resources(scope));

        for (Path file : TerminologyExport.write(directory, R4, scope)) {
            List<SingleValidationMessage> messages =
                    validator.validateWithResult(Files.readString(file)).getMessages();
            assertThat(messages)
                    .as(file.getFileName().toString())
                    .filteredOn(message -> message.getSeverity().ordinal() >= ResultSeverityEnum.ERROR.ordinal())
                    .isEmpty();
        }
    }

    @Test
    void the_validator_sees_an_inexact_target_without_comment() {
        ConceptMap map = find(ConceptMap.class, Terminology.resources());
        elements(map)
                .filter(element -> element.getCode().equals("BORDERLINE ECG"))
                .forEach(element -> element.getTargetFirstRep().setComment(null));

        assertThat(validator(Terminology.resources()).validateWithResult(map).getMessages())
                .filteredOn(message -> message.getSeverity() == ResultSeverityEnum.ERROR)
                .singleElement()
                .satisfies(message -> assertThat(message.getMessage()).contains("cmd-1"));
    }

    @ParameterizedTest
    @EnumSource(ConceptScope.class)
    void the_concept_map_answers_each_label_as_the_label_map_does(ConceptScope scope) throws IOException {
        ConceptMap map = reread(ConceptMap.class, scope);
        LabelMap labels = Terminology.labelMap(scope);

        for (Mapping mapping : labels.mappings()) {
            List<TargetElementComponent> found = elements(map)
                    .filter(element -> element.getCode().equals(mapping.label()))
                    .flatMap(element -> element.getTarget().stream())
                    .toList();
            if (mapping.targets().isEmpty()) {
                assertThat(found).singleElement().satisfies(target -> {
                    assertThat(target.getEquivalence().toCode()).isEqualTo("unmatched");
                    assertThat(target.hasCode()).isFalse();
                    assertThat(target.getComment()).isEqualTo(mapping.comment().orElseThrow());
                });
            } else {
                assertThat(found)
                        .extracting(
                                target -> target.getEquivalence().toCode(),
                                TargetElementComponent::getCode,
                                TargetElementComponent::getDisplay)
                        .containsExactlyInAnyOrderElementsOf(mapping.targets().stream()
                                .map(target -> tuple(
                                        target.equivalence().code(),
                                        target.coding().code(),
                                        target.coding().display()))
                                .toList());
            }
        }
        assertThat(elements(map).map(SourceElementComponent::getCode).distinct())
                .hasSize(150);
        assertThat(map.getUrl()).isEqualTo("https://ecgfhir.dev/ConceptMap/ecgfounder-labels-to-snomed-ct");
        assertThat(map.getVersion()).isEqualTo(labels.version());
    }

    @Test
    void the_concept_map_keeps_what_needs_a_licence_in_a_group_of_its_own() throws IOException {
        assertThat(reread(ConceptMap.class, ConceptScope.ALL).getGroup()).hasSize(2);
        ConceptMap limited = reread(ConceptMap.class, ConceptScope.GLOBAL_PATIENT_SET);

        assertThat(limited.getGroup()).hasSize(1);
        assertThat(limited.getCopyright())
                .contains("Creative Commons Attribution 4.0")
                .doesNotContain("Affiliate");
        assertThat(reread(ConceptMap.class, ConceptScope.ALL).getCopyright())
                .contains("used by permission of SNOMED International", "Affiliate licence");
    }

    @Test
    void nothing_outside_the_global_patient_set_is_left_where_it_is_left_out() throws IOException {
        Set<String> members = Csv.rows("evidence-extract.csv").stream()
                .filter(row -> row.get(0).equals("SNOMED-GPS-2020-09-30"))
                .map(row -> row.get(2))
                .collect(Collectors.toSet());
        Pattern id = Pattern.compile("\\b[1-9][0-9]{5,17}\\b");

        for (Path file : TerminologyExport.write(directory, R4, ConceptScope.GLOBAL_PATIENT_SET)) {
            String text = Files.readString(file).replace("20200930", "");
            assertThat(id.matcher(text).results().map(MatchResult::group))
                    .as(file.getFileName().toString())
                    .allMatch(members::contains);
        }
        assertThat(members).hasSizeGreaterThan(30);
    }

    @Test
    void the_code_system_has_each_label_with_wording_index_and_group() throws IOException {
        CodeSystem system = reread(CodeSystem.class, ConceptScope.ALL);

        assertThat(system.getUrl()).isEqualTo("https://ecgfhir.dev/CodeSystem/ecgfounder-labels");
        assertThat(system.getCaseSensitive()).isTrue();
        assertThat(system.getConcept()).hasSize(150).allSatisfy(concept -> {
            Mapping mapping = Terminology.labelMap().find(concept.getCode()).orElseThrow();
            assertThat(concept.getDisplay()).isEqualTo(mapping.text());
            assertThat(concept.getProperty())
                    .extracting(CodeSystem.ConceptPropertyComponent::getCode)
                    .containsExactly("index", "group", "alert-level", "alert-source");
            assertThat(concept.getProperty().get(2).getValueStringType().getValue())
                    .isEqualTo(mapping.alert().code());
            assertThat(concept.getProperty().get(0).getValue())
                    .isInstanceOfSatisfying(
                            IntegerType.class,
                            index -> assertThat(index.getValue()).isEqualTo(mapping.index()));
        });
    }

    @Test
    void reportable_and_unmatched_value_sets_follow_the_map() throws IOException {
        List<MetadataResource> resources = Terminology.resources();
        List<Mapping> mappings = Terminology.labelMap().mappings();

        assertThat(codes(resources, "ecgfounder-reportable-findings"))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                mappings.stream().flatMap(mapping -> mapping.assertable().stream()),
                                Combinations.bundled(ConceptScope.ALL).all().stream()
                                        .map(combination ->
                                                combination.target().target().coding()))
                        .map(Coding::code)
                        .collect(Collectors.toSet()));
        assertThat(codes(resources, "ecgfounder-critical-findings"))
                .contains("ACUTE MI", "WIDE QRS TACHYCARDIA", "164895002", "164906009")
                .doesNotContain("57054005", "164865005", "991002", "NORMAL ECG")
                .hasSize(13);
        assertThat(codes(resources, "ecgfounder-unmatched-labels"))
                .containsExactlyElementsOf(mappings.stream()
                        .filter(mapping -> mapping.equivalence() == Equivalence.UNMATCHED)
                        .map(Mapping::label)
                        .toList());
    }

    private <T extends IBaseResource> T reread(Class<T> type, ConceptScope scope) throws IOException {
        for (Path file : TerminologyExport.write(directory, R4, scope)) {
            if (file.getFileName().toString().startsWith(type.getSimpleName() + "-")) {
                return R4.newJsonParser().parseResource(type, Files.readString(file));
            }
        }
        throw new AssertionError("no " + type.getSimpleName() + " was written");
    }

    private static Stream<SourceElementComponent> elements(ConceptMap map) {
        return map.getGroup().stream().flatMap(group -> group.getElement().stream());
    }

    private static List<String> codes(List<MetadataResource> resources, String id) {
        ValueSet set = resources.stream()
                .filter(ValueSet.class::isInstance)
                .map(ValueSet.class::cast)
                .filter(candidate -> Objects.equals(candidate.getIdElement().getIdPart(), id))
                .findFirst()
                .orElseThrow();
        return set.getCompose().getInclude().stream()
                .flatMap(include -> include.getConcept().stream())
                .map(ValueSet.ConceptReferenceComponent::getCode)
                .toList();
    }

    private static <T> T find(Class<T> type, List<MetadataResource> resources) {
        return resources.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    private static FhirValidator validator(List<MetadataResource> resources) {
        PrePopulatedValidationSupport ours = new PrePopulatedValidationSupport(R4);
        resources.forEach(ours::addResource);
        ValidationSupportChain chain = new ValidationSupportChain(
                new DefaultProfileValidationSupport(R4),
                ours,
                new InMemoryTerminologyServerValidationSupport(R4),
                new CommonCodeSystemsTerminologyService(R4),
                new UnknownCodeSystemWarningValidationSupport(R4));
        FhirValidator validator = R4.newValidator();
        validator.registerValidatorModule(new FhirInstanceValidator(chain));
        return validator;
    }
}
