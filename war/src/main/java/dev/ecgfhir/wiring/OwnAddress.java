package dev.ecgfhir.wiring;

import dev.ecgfhir.api.OwnEndpoint;
import dev.ecgfhir.config.Settings;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.core.env.Environment;

/** Where this server itself can be reached: as configured, or on localhost at the port that was opened. */
final class OwnAddress implements OwnEndpoint {
    private final Settings settings;
    private final Environment environment;

    OwnAddress(Settings settings, Environment environment) {
        this.settings = settings;
        this.environment = environment;
    }

    /** Returns the address without trailing slash; empty as long as it is neither configured nor known. */
    Optional<String> base() {
        Optional<String> configured = settings.baseUrl().map(URI::toString);
        if (configured.isPresent() || port().isEmpty()) {
            return configured;
        }
        return Optional.of("http://localhost:" + port().getAsInt()
                + environment.getProperty("server.servlet.context-path", "").replaceAll("/+$", ""));
    }

    @Override
    public Optional<String> fhirBase() {
        return base().map(base -> base + "/fhir");
    }

    private OptionalInt port() {
        // Set by Spring Boot when its own server listens; absent in a servlet container.
        Integer port = environment.getProperty("local.server.port", Integer.class);
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }
}
