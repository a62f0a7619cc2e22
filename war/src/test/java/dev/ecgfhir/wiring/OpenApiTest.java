package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private static final String TEXT = TestServer.get("/fhir/openapi.json").body();
    private static final JsonNode DOCUMENT = read();

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(TEXT);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static CapabilityStatementRestComponent rest() {
        return DeliveredReport.parse(
                        CapabilityStatement.class,
                        TestServer.get("/fhir/metadata").body())
                .getRestFirstRep();
    }

    private static Set<String> calls() {
        Set<String> calls = new TreeSet<>();
        for (Iterator<Map.Entry<String, JsonNode>> paths = DOCUMENT.get("paths").fields(); paths.hasNext(); ) {
            Map.Entry<String, JsonNode> path = paths.next();
            path.getValue().fieldNames().forEachRemaining(method -> calls.add(method + " " + path.getKey()));
        }
        return calls;
    }

    @Test
    void names_this_product_and_its_address_and_no_other_server() {
        assertThat(DOCUMENT.get("openapi").asText()).isEqualTo("3.0.3");
        assertThat(DOCUMENT.get("info").get("title").asText()).isEqualTo("ECGFounder for FHIR");
        assertThat(DOCUMENT.get("servers").get(0).get("url").asText())
                .isEqualTo(TestServer.server().fhirUrl());
        assertThat(TEXT).doesNotContain("cdn.", ".js\"", "unpkg");
    }

    @Test
    void tells_every_interaction_of_the_capability_statement_and_nothing_else() {
        Set<String> expected = new TreeSet<>(Set.of(
                "get /metadata",
                "post /",
                "get /_history",
                "get /$interpret-status",
                "post /$interpret-status",
                "delete /$interpret-status"));
        for (CapabilityStatementRestResourceComponent resource : rest().getResource()) {
            String type = "/" + resource.getType();
            resource.getInteraction()
                    .forEach(interaction -> expected.addAll(
                            switch (interaction.getCode()) {
                                case READ -> List.of("get " + type + "/{id}");
                                case VREAD -> List.of("get " + type + "/{id}/_history/{version}");
                                case CREATE -> List.of("post " + type);
                                case UPDATE -> List.of("put " + type + "/{id}");
                                case SEARCHTYPE -> List.of("get " + type, "post " + type + "/_search");
                                case HISTORYINSTANCE -> List.of("get " + type + "/{id}/_history");
                                case HISTORYTYPE -> List.of("get " + type + "/_history");
                                case PATCH, DELETE, NULL -> List.<String>of();
                            }));
        }

        assertThat(calls().stream().filter(call -> !call.contains("/$") || call.contains("$interpret-status")))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(calls())
                .contains(
                        "post /Observation/$interpret",
                        "post /Observation/{id}/$interpret",
                        "get /DiagnosticReport/$statistics",
                        "get /ConceptMap/$translate",
                        "get /ValueSet/$expand",
                        "get /CodeSystem/$lookup")
                .doesNotContain("get /Observation/$interpret");
    }

    @Test
    void lists_the_search_parameters_of_each_type() {
        assertThat(rest().getResource()).allSatisfy(resource -> {
            List<String> told = new ArrayList<>();
            DOCUMENT.get("paths")
                    .get("/" + resource.getType())
                    .get("get")
                    .get("parameters")
                    .forEach(parameter -> told.add(parameter.get("name").asText()));
            assertThat(told)
                    .containsAll(resource.getSearchParam().stream()
                            .map(parameter -> parameter.getName())
                            .toList());
        });
    }

    @Test
    void is_answered_where_it_says_that_something_can_be_got() {
        List<String> got = calls().stream()
                .filter(call -> call.startsWith("get /") && !call.contains("{") && !call.contains("$"))
                .map(call -> call.substring("get ".length()))
                .toList();

        assertThat(got).hasSizeGreaterThan(40);
        assertThat(got)
                .allSatisfy(path -> assertThat(
                                TestServer.get("/fhir" + path + "?_count=1").statusCode())
                        .isEqualTo(200));
    }

    @Test
    void refers_only_to_what_is_in_it_and_names_each_call_once() {
        List<String> ids = DOCUMENT.findValuesAsText("operationId");

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(DOCUMENT.findValuesAsText("$ref")).containsOnly("#/components/schemas/Resource");
        assertThat(DOCUMENT.at("/components/schemas/Resource").isObject()).isTrue();
    }
}
