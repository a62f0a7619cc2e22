package dev.ecgfhir.wiring;

import dev.ecgfhir.config.ConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;

/** Keeps Spring Boot from logging a page of stack for a mistake in the settings. Named in META-INF/spring.factories. */
final class SettingsMistakes implements SpringBootExceptionReporter {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsMistakes.class);

    private final boolean ownServer;

    SettingsMistakes(ConfigurableApplicationContext context) {
        this.ownServer = context == null || context.getEnvironment().getProperty(Server.OWN, Boolean.class, false);
    }

    @Override
    public boolean reportException(Throwable failure) {
        if (!(failure instanceof ConfigurationException mistakes)) {
            return false;
        }
        if (!ownServer) {
            // As a program the caller of Server.start has the lines; in a servlet container the log is all there is.
            mistakes.problems().forEach(LOG::error);
        }
        return true;
    }
}
