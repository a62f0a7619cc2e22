package dev.ecgfhir.api;

import ca.uhn.fhir.rest.server.RestfulServer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;

/**
 * A CapabilityStatement told in OpenAPI: what it lists, and nothing else. Schemas say no more than "a FHIR resource", whose structure FHIR
 * defines.
 *
 * <p>Reference: OpenAPI Specification 3.0.3.
 */
final class OpenApiDocument {
    private final CapabilityStatement statement;
    private final OpenApiOperations operations;
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();
    private final ObjectNode paths = JsonNodeFactory.instance.objectNode();

    OpenApiDocument(CapabilityStatement statement, RestfulServer server) {
        this.statement = statement;
        this.operations = new OpenApiOperations(server);
    }

    ObjectNode toJson() {
        root.put("openapi", "3.0.3");
        root.putObject("info")
                .put("title", statement.getSoftware().getName())
                .put("version", statement.getSoftware().getVersion())
                .put("description", statement.getImplementation().getDescription());
        root.putArray("servers")
                .addObject()
                .put("url", statement.getImplementation().getUrl());
        add("/metadata", "get", "The CapabilityStatement", "System");
        CapabilityStatementRestComponent rest = statement.getRestFirstRep();
        system(rest);
        rest.getResource().forEach(this::resource);
        root.set("paths", paths);
        ObjectNode schemas = root.putObject("components").putObject("schemas");
        schemas.putObject(OpenApiCall.RESOURCE)
                .put("type", "object")
                .put("description", "A FHIR R4 resource")
                .putObject("properties")
                .putObject("resourceType")
                .put("type", "string");
        return root;
    }

    private void system(CapabilityStatementRestComponent rest) {
        Set<SystemRestfulInteraction> interactions = rest.getInteraction().stream()
                .map(interaction -> interaction.getCode())
                .collect(Collectors.toSet());
        if (interactions.contains(SystemRestfulInteraction.TRANSACTION)) {
            add("/", "post", "A transaction or batch", "System").body();
        }
        if (interactions.contains(SystemRestfulInteraction.HISTORYSYSTEM)) {
            add("/_history", "get", "All changes", "System");
        }
        rest.getOperation().forEach(operation -> operations.add(paths, "", operation.getName()));
    }

    private void resource(CapabilityStatementRestResourceComponent resource) {
        String type = "/" + resource.getType();
        String instance = type + "/{id}";
        for (TypeRestfulInteraction interaction : resource.getInteraction().stream()
                .map(listed -> listed.getCode())
                .toList()) {
            switch (interaction) {
                case READ -> add(instance, "get", "Read", resource.getType());
                case VREAD -> add(instance + "/_history/{version}", "get", "Read a version", resource.getType());
                case CREATE -> add(type, "post", "Create", resource.getType()).body();
                case UPDATE ->
                    add(instance, "put", "Update, or create under this id", resource.getType())
                            .body();
                case HISTORYINSTANCE -> add(instance + "/_history", "get", "All versions", resource.getType());
                case HISTORYTYPE -> add(type + "/_history", "get", "All changes of the type", resource.getType());
                case SEARCHTYPE -> search(type, resource);
                case PATCH, DELETE, NULL -> {
                    // not offered, and so not listed
                }
            }
        }
        resource.getOperation().forEach(operation -> operations.add(paths, resource.getType(), operation.getName()));
    }

    private void search(String type, CapabilityStatementRestResourceComponent resource) {
        OpenApiCall get = add(type, "get", "Search", resource.getType());
        OpenApiCall post =
                add(type + "/_search", "post", "Search, with the parameters in the body", resource.getType());
        resource.getSearchParam()
                .forEach(parameter -> get.query(
                        parameter.getName(), parameter.getType().toCode() + ". " + text(parameter.getDocumentation())));
        if (resource.getType().equals("OperationDefinition")) {
            post.form();
            return; // a list, not a search in the repository
        }
        get.query("_count", "Resources on a page");
        get.query("_sort", "Search parameters to sort by, a dash before one for the newest or greatest first");
        get.query("_include", "Resources that the found ones refer to: " + list(resource.getSearchInclude()));
        get.query("_revinclude", "Resources that refer to the found ones: " + list(resource.getSearchRevInclude()));
        get.query("_summary", "count, true, text, data or false");
        get.query("_elements", "Elements to answer with");
        get.query("_total", "none, estimate or accurate");
        post.form();
    }

    private static String list(java.util.List<org.hl7.fhir.r4.model.StringType> values) {
        return values.stream().map(value -> value.getValue()).collect(Collectors.joining(", "));
    }

    private static String text(@org.jspecify.annotations.Nullable String documentation) {
        return documentation == null ? "" : documentation;
    }

    private OpenApiCall add(String path, String method, String summary, String tag) {
        return OpenApiCall.add(paths, path, method, summary, tag);
    }
}
