package dev.ecgfhir.wiring;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the file that {@code ecgfhir.config} names, which has to be known before Spring reads any file. */
final class ConfigFile {
    private ConfigFile() {}

    /**
     * Returns Spring's properties that make it read the file.
     *
     * @param given the name given to this program, if any; a system property or environment variable serves else
     */
    static Map<String, Object> properties(@Nullable String given) {
        String file = given != null ? given : System.getProperty("ecgfhir.config", System.getenv("ECGFHIR_CONFIG"));
        Map<String, Object> properties = new HashMap<>();
        if (file != null && !file.isBlank()) {
            // Whether it exists is checked with all other settings.
            properties.put("spring.config.additional-location", "optional:file:" + file);
        }
        return properties;
    }
}
