package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.net.URI;
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

        assertThat(REST.getOperation()).isEmpty();
        assertThat(listed.keySet())
                .containsExactlyInAnyOrder(
                        "everything",
                        "expand",
                        "interpret",
                        "lookup",
                        "meta",
                        "meta-add",
                        "meta-delete",
                        "subsumes",
                        "translate",
                        "validate",
                        "validate-code");
        assertThat(listed.get("interpret")).containsExactly("Observation");
        assertThat(listed.get("translate")).containsExactly("ConceptMap");
        assertThat(listed.get("validate-code")).containsExactly("CodeSystem", "ValueSet");
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

        String path = URI.create(operation.getDefinition()).getPath();
        OperationDefinition definition = FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(OperationDefinition.class, TestServer.get(path).body());

        assertThat(definition.getUrl()).isEqualTo(operation.getDefinition());
        assertThat(definition.getCode()).isEqualTo("interpret");
        assertThat(definition.getResource()).singleElement().hasToString("Observation");
        assertThat(definition.getInstance()).isTrue();
        assertThat(definition.getType()).isTrue();
        assertThat(definition.getSystem()).isFalse();
    }
}
