package dev.ecgfhir.wiring;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;

/**
 * Starts the application in a servlet container.
 *
 * <p>Settings are system properties, environment variables and the file that {@code ecgfhir.config} (or {@code ECGFHIR_CONFIG}) names.
 */
public final class EcgWebApplication extends SpringBootServletInitializer {
    @Override
    protected SpringApplicationBuilder configure(SpringApplicationBuilder builder) {
        Map<String, Object> defaults = new HashMap<>(ConfigFile.properties(null));
        String container = System.getProperty("catalina.base");
        if (container != null) {
            defaults.put("ecgfhir.data-directory", container + "/ecgfhir-data");
        }
        return Server.configure(builder, false).properties(defaults);
    }
}
