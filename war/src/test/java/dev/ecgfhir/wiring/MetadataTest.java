package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceOperationComponent;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.junit.jupiter.api.Test;

class MetadataTest {
    private static final CapabilityStatement STATEMENT = FhirContext.forR4Cached()
            .newJsonParser()
            .parseResource(
                    CapabilityStatement.class, TestServer.get("/fhir/metadata").body());
    private static final CapabilityStatementRestComponent REST = STATEMENT.getRestFirstRep();

    @Test
    void names_this_product_and_says_that_demonstration_weights_are_in_use() {
        assertThat(STATEMENT.getSoftware().getName()).isEqualTo("ECGFounder for FHIR");
        assertThat(STATEMENT.getSoftware().getVersion()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(STATEMENT.getImplementation().getDescription())
                .startsWith("DEMONSTRATION WEIGHTS")
                .contains("sha256:");
    }

    @Test
    void lists_exactly_the_operations_that_are_offered() {
        Map<String, Set<String>> listed = new TreeMap<>();
        for (CapabilityStatementRestResourceComponent resource : REST.getResource()) {
            resource.getOperation()
                    .forEach(operation -> listed.computeIfAbsent(operation.getName(), name -> new TreeSet<>())
                            .add(resource.getType()));
        }

        assertThat(REST.getOperation())
                .extracting(CapabilityStatementRestResourceOperationComponent::getName)
                .containsExactly("interpret-status");
        assertThat(listed)
                .isEqualTo(Map.of(
                        "expand", Set.of("ValueSet"),
                        "interpret", Set.of("Observation"),
                        "lookup", Set.of("CodeSystem"),
                        "statistics", Set.of("DiagnosticReport"),
                        "translate", Set.of("ConceptMap"),
                        "validate-code", Set.of("CodeSystem", "ValueSet")));
    }

    @Test
    void does_not_answer_operations_that_it_does_not_list() {
        assertThat(TestServer.post("/fhir/$expunge", "{\"resourceType\":\"Parameters\"}")
                        .statusCode())
                .isEqualTo(501);
        assertThat(TestServer.post("/fhir/Patient/$hapi.fhir.merge", "{\"resourceType\":\"Parameters\"}")
                        .statusCode())
                .isEqualTo(501);
        assertThat(TestServer.get("/fhir/$get-resource-counts").statusCode()).isEqualTo(501);
        assertThat(TestServer.get("/fhir/Patient/$meta").statusCode()).isEqualTo(501);
        assertThat(TestServer.post("/fhir/Patient/$validate", "{\"resourceType\":\"Patient\"}")
                        .statusCode())
                .isEqualTo(501);
    }

    @Test
    void neither_lists_nor_allows_to_delete_or_patch() {
        String id = TestServer.post("/fhir/Patient", "{\"resourceType\":\"Patient\"}")
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceAll(".*/Patient/([^/]+)/.*", "$1");
        String patient = "/fhir/Patient/" + id;

        assertThat(REST.getResource())
                .flatExtracting(CapabilityStatementRestResourceComponent::getInteraction)
                .extracting(interaction -> interaction.getCode().toCode())
                .doesNotContain("delete", "patch");
        assertThat(STATEMENT.getPatchFormat()).isEmpty();
        assertThat(TestServer.send("DELETE", patient, "").statusCode()).isEqualTo(405);
        assertThat(TestServer.send("DELETE", "/fhir/Patient?_id=" + id, "").statusCode())
                .isEqualTo(405);
        assertThat(TestServer.send("PATCH", patient, "[]").statusCode()).isEqualTo(405);
        assertThat(List.of("transaction", "batch"))
                .allSatisfy(kind -> assertThat(TestServer.post(
                                        "/fhir",
                                        "{\"resourceType\":\"Bundle\",\"type\":\"" + kind
                                                + "\",\"entry\":[{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient/"
                                                + id
                                                + "\"}}]}")
                                .body())
                        .contains("NOT_OFFERED"));
        assertThat(TestServer.get(patient).statusCode()).isEqualTo(200);
    }

    @Test
    void answers_every_search_parameter_that_it_lists() {
        Map<String, String> values = Map.of(
                "date", "2026-01-01",
                "number", "1",
                "quantity", "1",
                "reference", "Patient/none",
                "string", "none",
                "token", "none",
                "uri", "http://example.org/none",
                "composite", "none$none",
                "special", "none");
        List<String> failed = new ArrayList<>();
        for (CapabilityStatementRestResourceComponent resource : REST.getResource()) {
            // _has names a parameter of another type behind a colon; SearchTest asks with it
            resource.getSearchParam().stream()
                    .filter(parameter -> !parameter.getName().equals("_has"))
                    .forEach(parameter -> {
                        String search = resource.getType() + "?" + parameter.getName() + "="
                                + value(
                                        parameter.getName(),
                                        values.get(parameter.getType().toCode()));
                        if (TestServer.get("/fhir/" + search + "&_summary=count")
                                        .statusCode()
                                != 200) {
                            failed.add(search);
                        }
                    });
        }
        assertThat(failed).isEmpty();
    }

    @Test
    void says_what_is_wrong_with_a_search_that_it_cannot_read() {
        var response = TestServer.get("/fhir/Observation?code-value-quantity=none$SECRET");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("UNREADABLE_PARAMETER").doesNotContain("SECRET", "HAPI-");
    }

    private static String value(String parameter, String value) {
        return switch (parameter) {
            case "near" -> "48.1%7C11.5";
            case "code-value-date" -> "none$2026-01-01";
            default -> parameter.endsWith("-quantity") && value.contains("$") ? "none$1" : value;
        };
    }

    @Test
    void gives_the_definition_of_each_operation_of_its_own() {
        List<String> definitions = new ArrayList<>();
        REST.getOperation().forEach(operation -> definitions.add(operation.getDefinition()));
        REST.getResource()
                .forEach(resource ->
                        resource.getOperation().forEach(operation -> definitions.add(operation.getDefinition())));

        assertThat(definitions)
                .filteredOn(definition -> !definition.startsWith("http://hl7.org/"))
                .hasSize(3)
                .allSatisfy(definition ->
                        assertThat(definition(definition).getUrl()).isEqualTo(definition));
    }

    private static OperationDefinition definition(String address) {
        return FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(
                        OperationDefinition.class,
                        TestServer.get(URI.create(address).getPath()).body());
    }

    @Test
    void says_that_clients_may_choose_ids_and_lets_them() {
        assertThat(REST.getResource())
                .filteredOn(resource -> resource.getType().equals("Device"))
                .singleElement()
                .satisfies(device -> assertThat(device.getUpdateCreate()).isTrue());

        assertThat(TestServer.put("/fhir/Device/chosen", "{\"resourceType\":\"Device\",\"id\":\"chosen\"}")
                        .statusCode())
                .isIn(200, 201);
    }

    @Test
    void answers_a_search_on_every_type_that_lists_search() {
        List<String> searched = REST.getResource().stream()
                .filter(resource -> resource.getInteraction().stream()
                        .anyMatch(interaction -> interaction.getCode().toCode().equals("search-type")))
                .map(CapabilityStatementRestResourceComponent::getType)
                .toList();

        assertThat(searched)
                .contains("Observation", "DiagnosticReport", "Patient", "ConceptMap", "OperationDefinition");
        assertThat(searched)
                .allSatisfy(type -> assertThat(
                                TestServer.get("/fhir/" + type + "?_count=1").statusCode())
                        .as(type)
                        .isEqualTo(200));
    }

    @Test
    void refuses_types_that_it_does_not_list() {
        assertThat(TestServer.get("/fhir/MedicationRequest").statusCode()).isEqualTo(404);
        assertThat(TestServer.post(
                                "/fhir",
                                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":{\"resourceType\":\"Basic\"},"
                                        + "\"request\":{\"method\":\"POST\",\"url\":\"Basic\"}}]}")
                        .statusCode())
                .isBetween(400, 499);
    }

    @Test
    void links_to_the_definition_of_interpret() {
        CapabilityStatementRestResourceOperationComponent operation = REST.getResource().stream()
                .filter(resource -> resource.getType().equals("Observation"))
                .flatMap(resource -> resource.getOperation().stream())
                .filter(listed -> listed.getName().equals("interpret"))
                .findFirst()
                .orElseThrow();

        OperationDefinition definition = definition(operation.getDefinition());

        assertThat(definition.getUrl()).isEqualTo(operation.getDefinition());
        assertThat(definition.getCode()).isEqualTo("interpret");
        assertThat(definition.getResource()).singleElement().hasToString("Observation");
        assertThat(definition.getInstance()).isTrue();
        assertThat(definition.getType()).isTrue();
        assertThat(definition.getSystem()).isFalse();
    }
}
