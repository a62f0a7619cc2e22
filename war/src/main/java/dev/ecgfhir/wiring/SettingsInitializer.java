package dev.ecgfhir.wiring;

import dev.ecgfhir.config.ConfigurationException;
import dev.ecgfhir.config.EnvironmentSettings;
import dev.ecgfhir.config.Settings;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Reads and checks all settings before the first bean is made, and puts them into the context as one bean. */
final class SettingsInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private final boolean ownServer;

    /**
     * Makes the initializer.
     *
     * @param ownServer true if this program opens the port itself, false in a servlet container, which has opened it
     */
    SettingsInitializer(boolean ownServer) {
        this.ownServer = ownServer;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        List<String> problems = new ArrayList<>();
        if (ownServer) {
            problems.addAll(Binding.problems(context.getEnvironment()));
        }
        try {
            Settings settings = EnvironmentSettings.read(context.getEnvironment());
            if (problems.isEmpty()) {
                context.getBeanFactory().registerSingleton("settings", settings);
                return;
            }
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
        }
        throw new ConfigurationException(problems);
    }
}
