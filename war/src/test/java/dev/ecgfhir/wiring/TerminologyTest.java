package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ca.uhn.fhir.context.FhirContext;
import dev.ecgfhir.api.OwnTerminology;
import dev.ecgfhir.terminology.ConceptScope;
import dev.ecgfhir.terminology.LabelMap;
import dev.ecgfhir.terminology.Mapping;
import dev.ecgfhir.terminology.Terminology;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;

class TerminologyTest {
    private static final LabelMap LABELS = Terminology.labelMap();

    @Test
    void translates_every_label_as_reports_do() {
        assertThat(LABELS.mappings()).hasSize(150).allSatisfy(mapping -> {
            Parameters answer = parameters("/fhir/ConceptMap/$translate?url=" + Terminology.LABELS_TO_SNOMED_CT
                    + "&system=" + Terminology.LABELS + "&code=" + encode(mapping.label()));

            assertThat(answer.getParameterBool("result"))
                    .as(mapping.label())
                    .isEqualTo(mapping.target().isPresent());
            assertThat(answer.getParameter())
                    .filteredOn(parameter -> parameter.getName().equals("match"))
                    .filteredOn(match -> match.getPart().stream()
                            .anyMatch(part -> part.getValue() instanceof Coding coding && coding.hasCode()))
                    .extracting(
                            match -> ((Coding) part(match, "concept").getValue()).getCode(),
                            match -> part(match, "equivalence").getValue().primitiveValue())
                    .containsExactlyInAnyOrderElementsOf(mapping.targets().stream()
                            .map(target -> tuple(
                                    target.coding().code(), target.equivalence().code()))
                            .toList());
        });
    }

    private static ParametersParameterComponent part(ParametersParameterComponent parameter, String name) {
        return parameter.getPart().stream()
                .filter(part -> part.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void looks_every_label_up() {
        assertThat(LABELS.mappings())
                .allSatisfy(mapping -> assertThat(parameters("/fhir/CodeSystem/$lookup?system=" + Terminology.LABELS
                                        + "&code=" + encode(mapping.label()))
                                .getParameterValue("display")
                                .primitiveValue())
                        .isEqualTo(mapping.text()));
    }

    @Test
    void knows_which_codes_are_labels() {
        String validate = "/fhir/CodeSystem/$validate-code?url=" + Terminology.LABELS + "&code=";

        assertThat(parameters(validate + encode(label().label())).getParameterBool("result"))
                .isTrue();
        assertThat(parameters(validate + "FIBRILLATION").getParameterBool("result"))
                .as("part of a label")
                .isFalse();
    }

    private static Mapping label() {
        return LABELS.mappings().get(0);
    }

    @Test
    void expands_each_of_its_value_sets() {
        assertThat(OwnTerminology.resources(ConceptScope.ALL))
                .filteredOn(ValueSet.class::isInstance)
                .isNotEmpty()
                .allSatisfy(valueSet -> {
                    ValueSet expanded =
                            parse(ValueSet.class, "/fhir/ValueSet/$expand?url=" + encode(valueSet.getUrl()));
                    assertThat(expanded.getExpansion().getContains()).isNotEmpty();
                });
    }

    @Test
    void keeps_the_version_of_what_is_stored_unchanged_at_the_next_start() {
        TestServer.server().bean(TerminologyStart.class).run(new DefaultApplicationArguments());

        assertThat(OwnTerminology.resources(ConceptScope.ALL))
                .allSatisfy(resource -> assertThat(parse(
                                        MetadataResource.class,
                                        "/fhir/" + resource.fhirType() + "/"
                                                + resource.getIdElement().getIdPart())
                                .getMeta()
                                .getVersionId())
                        .isEqualTo("1"));
    }

    @Test
    void answers_lookup_to_a_client_that_knows_only_the_standard() {
        new StandardTerminologyClient(TestServer.server()).looksUp();
    }

    @Test
    void answers_validate_code_to_a_client_that_knows_only_the_standard() {
        new StandardTerminologyClient(TestServer.server()).validates();
    }

    @Test
    void answers_expand_to_a_client_that_knows_only_the_standard() {
        new StandardTerminologyClient(TestServer.server()).expands();
    }

    @Test
    void answers_translate_to_a_client_that_knows_only_the_standard() {
        new StandardTerminologyClient(TestServer.server()).translates();
    }

    @Test
    void answers_with_versions_and_by_instance_to_a_client_that_knows_only_the_standard() {
        new StandardTerminologyClient(TestServer.server()).asksWithVersionsAndByInstance();
    }

    private static Parameters parameters(String path) {
        return parse(Parameters.class, path);
    }

    private static <T> T parse(Class<T> type, String path) {
        var response = TestServer.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return type.cast(FhirContext.forR4Cached().newJsonParser().parseResource(response.body()));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
