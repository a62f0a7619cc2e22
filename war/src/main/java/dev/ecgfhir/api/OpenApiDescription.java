package dev.ecgfhir.api;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.hl7.fhir.r4.model.CapabilityStatement;

/** Answers {@code GET /fhir/openapi.json}: this API as OpenAPI, made from the CapabilityStatement as it is at that moment. */
@Interceptor
public final class OpenApiDescription {
    private static final String PATH = "/openapi.json";

    private final ObjectMapper json = new ObjectMapper();

    /**
     * Looks at a request before HAPI looks for who handles it.
     *
     * @param request the request
     * @param response its response
     * @param details the same request
     * @return false if it was answered here
     * @throws IOException if the answer cannot be sent
     */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    public boolean answer(HttpServletRequest request, HttpServletResponse response, ServletRequestDetails details)
            throws IOException {
        if (!"GET".equals(request.getMethod()) || !PATH.equals(request.getPathInfo())) {
            return true;
        }
        CapabilityStatement statement =
                (CapabilityStatement) details.getServer().getCapabilityStatement(details);
        response.setStatus(200);
        response.setContentType("application/json");
        json.writeValue(response.getOutputStream(), new OpenApiDocument(statement, details.getServer()).toJson());
        return false;
    }
}
