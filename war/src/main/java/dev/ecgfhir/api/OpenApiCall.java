package dev.ecgfhir.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/** One method on one path in an OpenAPI document. */
final class OpenApiCall {
    static final String RESOURCE = "Resource";
    private static final String JSON = "application/fhir+json";
    private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)}");

    private final ObjectNode call;

    private OpenApiCall(ObjectNode call) {
        this.call = call;
    }

    /** Adds a call that is answered with a resource. */
    static OpenApiCall add(ObjectNode paths, String path, String method, String summary, String tag) {
        ObjectNode call = paths.withObjectProperty(path).putObject(method);
        call.put("summary", summary);
        call.put("operationId", (method + path).replaceAll("[^A-Za-z0-9]+", "-"));
        call.putArray("tags").add(tag);
        IN_PATH.matcher(path)
                .results()
                .forEach(match -> call.withArray("parameters")
                        .addObject()
                        .put("name", match.group(1))
                        .put("in", "path")
                        .put("required", true)
                        .putObject("schema")
                        .put("type", "string"));
        ObjectNode responses = call.putObject("responses");
        response(responses, "200", "Done");
        response(responses, "default", "An OperationOutcome that says why not");
        return new OpenApiCall(call);
    }

    /** Adds another status that is answered. */
    void status(String status, String description) {
        response((ObjectNode) call.get("responses"), status, description);
    }

    private static void response(ObjectNode responses, String status, String description) {
        ObjectNode response = responses.putObject(status);
        response.put("description", description);
        resource(response.putObject("content"));
    }

    private static void resource(ObjectNode content) {
        content.putObject(JSON).putObject("schema").put("$ref", "#/components/schemas/" + RESOURCE);
    }

    /** The call has a resource as body. */
    void body() {
        ObjectNode body = call.putObject("requestBody");
        body.put("required", true);
        resource(body.putObject("content"));
    }

    /** The call has parameters as the body of a form. */
    void form() {
        call.putObject("requestBody")
                .putObject("content")
                .putObject("application/x-www-form-urlencoded")
                .putObject("schema")
                .put("type", "object")
                .putObject("additionalProperties")
                .put("type", "string");
    }

    /** Adds a parameter behind the question mark; it may be repeated. */
    void query(String name, String description) {
        ObjectNode schema = parameter(name, "query", description)
                .put("explode", true)
                .putObject("schema")
                .put("type", "array");
        schema.putObject("items").put("type", "string");
    }

    /** Adds a header. */
    void header(String name, String description) {
        parameter(name, "header", description).putObject("schema").put("type", "string");
    }

    private ObjectNode parameter(String name, String in, String description) {
        return call.withArray("parameters")
                .addObject()
                .put("name", name)
                .put("in", in)
                .put("description", description);
    }
}
