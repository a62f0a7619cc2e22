package dev.ecgfhir.wiring;

import dev.ecgfhir.config.ConfigurationException;
import dev.ecgfhir.config.EnvironmentSettings;
import dev.ecgfhir.config.OverlaySetting;
import dev.ecgfhir.config.Settings;
import dev.ecgfhir.terminology.SiteOverlay;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Reads and checks all settings and loads the networks before the first bean is made: what is wrong shows within seconds. */
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
            if (problems.isEmpty()) {
                FreePort.problem(context.getEnvironment()).ifPresent(problems::add);
            }
        }
        try {
            Settings settings = EnvironmentSettings.read(context.getEnvironment());
            if (!ownServer && settings.baseUrl().isEmpty() && refersToItself(settings)) {
                problems.add(
                        "ecgfhir.base-url is missing; a servlet container does not tell where this application is, and a source or"
                                + " target is 'self'");
            }
            watchDisk(context.getEnvironment(), settings.dataDirectory());
            SiteOverlay overlay = overlay(settings, problems);
            if (problems.isEmpty()) {
                context.getBeanFactory().registerSingleton("siteOverlay", overlay);
                register(context.getBeanFactory(), settings, ModelLoader.load(settings, overlay, ownServer));
                return;
            }
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
        }
        throw new ConfigurationException(problems);
    }

    /** Health and metrics tell of the disk that the server writes to, which need not be that of the working directory. */
    private static void watchDisk(ConfigurableEnvironment environment, Path data) {
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "disk of the data directory",
                        Map.of(
                                "management.health.diskspace.path", data.toString(),
                                "management.metrics.system.diskspace.paths", data.toString())));
    }

    private static SiteOverlay overlay(Settings settings, List<String> problems) {
        try {
            return OverlaySetting.read(settings.overlay());
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
            return SiteOverlay.NONE;
        }
    }

    private static boolean refersToItself(Settings settings) {
        return settings.sources().stream().anyMatch(source -> source.server().self())
                || settings.targets().stream()
                        .anyMatch(target -> target.server().self());
    }

    private static void register(ConfigurableListableBeanFactory beans, Settings settings, Models models) {
        beans.registerSingleton("settings", settings);
        beans.registerSingleton("models", models);
        ((DefaultSingletonBeanRegistry) beans).registerDisposableBean("models", models);
    }
}
