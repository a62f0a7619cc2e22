package dev.ecgfhir.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Collects the settings from Spring's environment: files, environment variables and {@code --key=value}, each in the spelling that
 * Spring Boot gives it, the strongest source first.
 */
public final class EnvironmentSettings {
    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("ecgfhir");

    private EnvironmentSettings() {}

    /**
     * Reads and checks all settings.
     *
     * @param environment where they stand
     * @return the settings
     * @throws ConfigurationException if anything is wrong; it lists everything that is
     */
    public static Settings read(ConfigurableEnvironment environment) {
        return SettingsReader.read(texts(environment));
    }

    /** Returns the names under {@code ecgfhir.} with their values, placeholders resolved. */
    static Map<String, String> texts(ConfigurableEnvironment environment) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream().filter(ROOT::isAncestorOf).forEach(name -> {
                    ConfigurationProperty property = source.getConfigurationProperty(name);
                    if (property != null) {
                        String text = environment.resolvePlaceholders(String.valueOf(property.getValue()));
                        texts.putIfAbsent(name.toString(), text);
                    }
                });
            }
        }
        return texts;
    }
}
