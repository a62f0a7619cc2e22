package dev.ecgfhir.wiring;

import dev.ecgfhir.config.ConfigurationException;
import dev.ecgfhir.config.EnvironmentSettings;
import dev.ecgfhir.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Turns a start into a demonstration: the demonstration weights where no model is named, and no server or database but its own, whatever
 * the settings around it say. A demonstration must never write into a hospital's systems.
 */
final class DemonstrationInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final String SOURCE = "demo";
    private static final String NO_MODEL_NAMED = "demonstration-weights";
    private static final List<String> MODELS = List.of("ecgfhir.model.twelve-lead", "ecgfhir.model.single-lead");
    private static final List<String> DATABASES = List.of("ecgfhir.ledger.jdbc-url", "ecgfhir.repository.jdbc-url");

    /** Settings without which there is no demonstration; they are stronger than any other. */
    private static final Map<String, String> FIXED = Map.of(
            "ecgfhir.repository.enabled",
            "true",
            "ecgfhir.sources." + SOURCE + ".url",
            "self",
            "ecgfhir.sources." + SOURCE + ".poll-interval",
            "1s");

    /** Returns the settings that every demonstration has. */
    static Map<String, String> fixed() {
        return FIXED;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (MODELS.stream().allMatch(key -> environment.getProperty(key, "").isBlank())) {
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource(NO_MODEL_NAMED, Map.of("ecgfhir.model.demonstration", "true")));
        }
        Settings settings = EnvironmentSettings.read(environment);
        List<String> problems = new ArrayList<>();
        Stream.concat(
                        settings.sources().stream()
                                .map(source -> source.name())
                                .filter(name -> !name.equals(SOURCE))
                                .map(name -> "ecgfhir.sources." + name),
                        settings.targets().stream().map(target -> "ecgfhir.targets." + target.name()))
                .forEach(name -> problems.add(name + " is configured; a demonstration must not reach other servers"));
        DATABASES.stream()
                .filter(key -> !environment.getProperty(key, "").isBlank())
                .forEach(key -> problems.add(key + " is configured; a demonstration uses databases of its own"));
        if (!problems.isEmpty()) {
            problems.add("run it where application.yaml and the environment do not set this");
            throw new ConfigurationException(problems);
        }
    }
}
