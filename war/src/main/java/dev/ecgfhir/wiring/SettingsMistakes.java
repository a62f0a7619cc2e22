package dev.ecgfhir.wiring;

import dev.ecgfhir.config.ConfigurationException;
import dev.ecgfhir.config.DatabaseException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;

/** Keeps Spring Boot from logging a page of stack for a mistake in the settings, or for a database that cannot be used. Named in META-INF/spring.factories. */
final class SettingsMistakes implements SpringBootExceptionReporter {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsMistakes.class);

    private final boolean ownServer;

    SettingsMistakes(ConfigurableApplicationContext context) {
        this.ownServer = context == null || context.getEnvironment().getProperty(Server.OWN, Boolean.class, false);
    }

    @Override
    public boolean reportException(Throwable failure) {
        List<String> problems = failure instanceof ConfigurationException mistakes
                ? mistakes.problems()
                : DatabaseException.among(failure).map(Throwable::getMessage).stream()
                        .toList();
        if (!ownServer) {
            // As a program the caller of Server.start has the lines; in a servlet container the log is all there is.
            problems.forEach(LOG::error);
        }
        return !problems.isEmpty();
    }
}
