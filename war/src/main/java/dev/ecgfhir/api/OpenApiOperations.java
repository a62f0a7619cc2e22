package dev.ecgfhir.api;

import ca.uhn.fhir.rest.server.ResourceBinding;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.method.BaseMethodBinding;
import ca.uhn.fhir.rest.server.method.OperationMethodBinding;
import ca.uhn.fhir.rest.server.method.OperationParameter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Tells an extended operation in OpenAPI as the server's own methods offer it: at which levels, by which methods, with which parameters. */
final class OpenApiOperations {
    private final RestfulServer server;

    OpenApiOperations(RestfulServer server) {
        this.server = server;
    }

    /** Adds the calls of an operation on a type; the empty type is the whole system. */
    void add(ObjectNode paths, String type, String name) {
        List<OperationMethodBinding> methods = methods(type)
                .filter(OperationMethodBinding.class::isInstance)
                .map(OperationMethodBinding.class::cast)
                .filter(method -> method.getName().equals("$" + name))
                .toList();
        for (OperationMethodBinding method : methods) {
            if (type.isEmpty()) {
                if (method.isCanOperateAtServerLevel()) {
                    add(paths, "/$" + name, "System", method);
                }
                continue;
            }
            if (method.isCanOperateAtTypeLevel()) {
                add(paths, "/" + type + "/$" + name, type, method);
            }
            if (method.isCanOperateAtInstanceLevel()) {
                add(paths, "/" + type + "/{id}/$" + name, type, method);
            }
        }
    }

    private Stream<BaseMethodBinding> methods(String type) {
        if (type.isEmpty()) {
            return server.getServerBindings().stream();
        }
        return server.getResourceBindings().stream()
                .filter(binding -> type.equals(binding.getResourceName()))
                .map(ResourceBinding::getMethodBindings)
                .flatMap(Collection::stream);
    }

    private static void add(ObjectNode paths, String path, String tag, OperationMethodBinding method) {
        String summary = "Operation " + method.getName();
        if (method.isIdempotent()) {
            OpenApiCall get = OpenApiCall.add(paths, path, "get", summary, tag);
            method.getParameters().stream()
                    .filter(OperationParameter.class::isInstance)
                    .map(OperationParameter.class::cast)
                    .forEach(parameter -> get.query(parameter.getName(), parameter.getParamType()));
            if (method.getName().equals(InterpretStatusOperation.NAME)) {
                get.status("202", "Not done yet");
            }
        }
        if (method.isDeleteEnabled()) {
            OpenApiCall.add(paths, path, "delete", summary + ": end it", tag).query("job", "string");
        }
        OpenApiCall post = OpenApiCall.add(paths, path, "post", summary, tag);
        post.body();
        if (method.getName().equals("$interpret")) {
            post.header("Prefer", "respond-async: interpret in the background");
            post.status("202", "Begun in the background; Content-Location says where its status is");
        }
    }
}
