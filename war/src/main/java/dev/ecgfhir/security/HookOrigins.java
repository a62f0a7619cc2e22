package dev.ecgfhir.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/**
 * Tells browsers that pages of the configured origins may call the CDS Hooks service, as CDS Hooks 2.0 wants of a service that is called
 * from browsers; of no other address here.
 */
final class HookOrigins implements CorsConfigurationSource {
    private final CorsConfiguration hooks = new CorsConfiguration();

    HookOrigins(Set<String> origins) {
        hooks.setAllowedOrigins(List.copyOf(origins));
        hooks.setAllowedMethods(List.of("GET", "POST"));
        hooks.setAllowedHeaders(List.of("Accept", "Authorization", "Content-Type"));
    }

    /** Tells whether a request is for the CDS Hooks service. */
    static boolean isHook(HttpServletRequest request) {
        String path = request.getServletPath();
        return path.equals("/cds-services") || path.startsWith("/cds-services/");
    }

    @Override
    public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
        return isHook(request) ? hooks : null;
    }
}
