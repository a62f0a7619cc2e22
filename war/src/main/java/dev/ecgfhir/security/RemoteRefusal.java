package dev.ecgfhir.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Answers 403 and says why: as an OperationOutcome under /fhir, as a line of text elsewhere. */
final class RemoteRefusal implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final String TEXT =
            "This server answers only requests made on its own machine to localhost, because no security "
                    + "settings exist yet. This request was refused: %s.";

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        refuse(request, response);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException {
        refuse(request, response);
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // The reasons are our own words and hold nothing of the request: no escaping is needed.
        String text = TEXT.formatted(LocalCallerFilter.reason(request));
        boolean fhir = request.getServletPath().startsWith("/fhir");
        String body = fhir
                ? "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"forbidden\",\"details\":{\"coding\":"
                        + "[{\"system\":\"https://ecgfhir.dev/CodeSystem/reason\",\"code\":\"NOT_LOCAL\"}],\"text\":\""
                        + text
                        + "\"},\"diagnostics\":\"" + text + "\"}]}"
                : text + "\n";
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setContentType(fhir ? "application/fhir+json" : "text/plain");
        response.setCharacterEncoding("UTF-8");
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }
}
