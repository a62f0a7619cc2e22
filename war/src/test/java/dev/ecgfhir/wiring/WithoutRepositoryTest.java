package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import dev.ecgfhir.api.OwnTerminology;
import dev.ecgfhir.terminology.ConceptScope;
import dev.ecgfhir.terminology.LabelMap;
import dev.ecgfhir.terminology.Terminology;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithoutRepositoryTest {
    private static final LabelMap LABELS = Terminology.labelMap();
    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = Server.start(Map.of(
                "server.port", "0",
                "ecgfhir.data-directory", data.toString(),
                "ecgfhir.model.demonstration", "true",
                "ecgfhir.repository.enabled", "false"));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void lists_interpret_and_terminology_and_nothing_else() {
        CapabilityStatement statement = parse(CapabilityStatement.class, "/fhir/metadata");

        assertThat(statement.getRestFirstRep().getInteraction()).isEmpty();
        assertThat(statement.getRestFirstRep().getResource())
                .extracting(resource -> resource.getType())
                .containsExactly("CodeSystem", "ConceptMap", "Observation", "OperationDefinition", "ValueSet");
        assertThat(TestServer.get(server, "/fhir/Patient").statusCode()).isEqualTo(404);
    }

    @Test
    void has_no_cds_service_unless_it_is_asked_for() {
        assertThat(TestServer.get(server, "/cds-services").statusCode()).isEqualTo(404);
        assertThat(TestServer.post(server, "/cds-services/critical-ecg-findings", "{}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void is_ready() {
        assertThat(TestServer.get(server, "/actuator/health/readiness").body()).contains("\"status\":\"UP\"");
    }

    @Test
    void interprets_an_ecg_and_says_why_it_cannot_fetch_one() throws Exception {
        String recording = Files.readString(
                Path.of("..", "fhir-adapter", "src", "test", "resources", "recordings", "fhir", "ptbxl_00002.json"));

        assertThat(TestServer.post(server, "/fhir/Observation/$interpret", recording)
                        .body())
                .contains("DiagnosticReport");
        HttpResponse<String> absent = TestServer.post(server, "/fhir/Observation/7/$interpret", "");
        assertThat(absent.statusCode()).isEqualTo(404);
        assertThat(absent.body()).contains("NO_SUCH_ECG", "repository is switched off");
    }

    @Test
    void translates_looks_up_and_validates_every_label() {
        assertThat(LABELS.mappings()).hasSize(150).allSatisfy(mapping -> {
            Parameters translated = parse(
                    Parameters.class,
                    "/fhir/ConceptMap/$translate?url=" + Terminology.LABELS_TO_SNOMED_CT + "&system="
                            + Terminology.LABELS + "&code=" + encode(mapping.label()));
            assertThat(translated.getParameterBool("result"))
                    .isEqualTo(mapping.target().isPresent());
            assertThat(translated.getParameter().stream()
                            .filter(parameter -> parameter.getName().equals("match"))
                            .flatMap(match -> match.getPart().stream())
                            .filter(part -> part.getName().equals("concept"))
                            .map(part -> ((Coding) part.getValue()).getCode()))
                    .containsExactlyInAnyOrderElementsOf(mapping.targets().stream()
                            .map(target -> target.coding().code())
                            .toList());
            assertThat(parse(
                                    Parameters.class,
                                    "/fhir/CodeSystem/$lookup?system=" + Terminology.LABELS + "&code="
                                            + encode(mapping.label()))
                            .getParameterValue("display")
                            .primitiveValue())
                    .isEqualTo(mapping.text());
        });
    }

    @Test
    void knows_no_part_of_a_label_and_no_wrong_display() {
        String validate = "/fhir/CodeSystem/$validate-code?url=" + Terminology.LABELS + "&code=";
        String label = LABELS.mappings().get(0).label();

        assertThat(parse(Parameters.class, validate + encode(label)).getParameterBool("result"))
                .isTrue();
        assertThat(parse(Parameters.class, validate + encode(label.substring(1)))
                        .getParameterBool("result"))
                .isFalse();
        assertThat(parse(Parameters.class, validate + encode(label) + "&display=wrong")
                        .getParameterBool("result"))
                .isFalse();
    }

    @Test
    void expands_each_value_set_and_finds_its_members_in_it() {
        assertThat(OwnTerminology.resources(ConceptScope.ALL))
                .filteredOn(ValueSet.class::isInstance)
                .isNotEmpty()
                .allSatisfy(set -> {
                    ValueSet expanded = parse(ValueSet.class, "/fhir/ValueSet/$expand?url=" + encode(set.getUrl()));
                    var member = expanded.getExpansion().getContainsFirstRep();
                    assertThat(parse(
                                            Parameters.class,
                                            "/fhir/ValueSet/$validate-code?url=" + encode(set.getUrl()) + "&system="
                                                    + member.getSystem() + "&code=" + encode(member.getCode()))
                                    .getParameterBool("result"))
                            .isTrue();
                });
        assertThat(TestServer.get(server, "/fhir/ValueSet/$expand?url=http://example.org/none")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void serves_each_resource_by_id_and_by_address() {
        assertThat(OwnTerminology.resources(ConceptScope.ALL)).allSatisfy((MetadataResource resource) -> {
            String type = "/fhir/" + resource.fhirType();
            assertThat(TestServer.get(
                                    server, type + "/" + resource.getIdElement().getIdPart())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(TestServer.get(server, type + "?url=" + encode(resource.getUrl()))
                            .body())
                    .contains(resource.getUrl());
        });
    }

    @Test
    void answers_lookup_to_a_client_that_knows_only_the_standard() {
        new StandardTerminologyClient(server).looksUp();
    }

    @Test
    void answers_validate_code_to_a_client_that_knows_only_the_standard() {
        new StandardTerminologyClient(server).validates();
    }

    @Test
    void answers_expand_to_a_client_that_knows_only_the_standard() {
        new StandardTerminologyClient(server).expands();
    }

    @Test
    void answers_translate_to_a_client_that_knows_only_the_standard() {
        new StandardTerminologyClient(server).translates();
    }

    private static <T> T parse(Class<T> type, String path) {
        HttpResponse<String> response = TestServer.get(server, path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return type.cast(FhirContext.forR4Cached().newJsonParser().parseResource(response.body()));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
