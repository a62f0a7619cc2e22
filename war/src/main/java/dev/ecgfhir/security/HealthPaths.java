package dev.ecgfhir.security;

import java.util.Set;

/** The addresses that anybody may ask, for a monitor stands on another machine; to such a caller they tell the status alone. */
final class HealthPaths {
    private static final Set<String> PATHS =
            Set.of("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness");

    private HealthPaths() {}

    static boolean matches(String path) {
        return PATHS.contains(path);
    }
}
