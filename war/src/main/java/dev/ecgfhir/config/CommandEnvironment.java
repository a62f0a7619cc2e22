package dev.ecgfhir.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Collects the settings for a command as the server does for itself, without starting anything. */
public final class CommandEnvironment {
    private CommandEnvironment() {}

    /**
     * Reads where the ledger is.
     *
     * @param given settings of the command line by name, the strongest
     * @return the settings
     * @throws ConfigurationException if they are wrong
     */
    public static LedgerSettings ledger(Map<String, String> given) {
        return SettingsReader.readLedger(EnvironmentSettings.texts(environment(given)));
    }

    /**
     * Reads what a report is made again by.
     *
     * @param given settings of the command line by name, the strongest
     * @return the settings
     * @throws ConfigurationException if they are wrong
     */
    public static VerifySettings verify(Map<String, String> given) {
        return SettingsReader.readVerify(EnvironmentSettings.texts(environment(given)));
    }

    private static StandardEnvironment environment(Map<String, String> given) {
        Map<String, Object> strongest = new LinkedHashMap<>(given);
        String file = given.getOrDefault(
                Keys.CONFIG.name(), System.getProperty(Keys.CONFIG.name(), System.getenv("ECGFHIR_CONFIG")));
        if (file != null && !file.isBlank()) {
            strongest.put("spring.config.additional-location", "optional:file:" + file);
        }
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("command line", strongest));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        return environment;
    }
}
