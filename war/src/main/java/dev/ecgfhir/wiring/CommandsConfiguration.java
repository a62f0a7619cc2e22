package dev.ecgfhir.wiring;

import dev.ecgfhir.config.Settings;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.web.BackfillEndpoint;
import dev.ecgfhir.web.CommandEndpoint;
import dev.ecgfhir.web.RunningFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/** What lets {@code status}, {@code replay} and the like find this server and talk to it. */
@Configuration(proxyBeanMethods = false)
class CommandsConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(CommandsConfiguration.class);

    private final RunningFile.Running template = RunningFile.Running.at("");

    @Bean
    CommandEndpoint commandEndpoint(Ledger ledger, Routes routes) {
        return new CommandEndpoint(ledger, routes::lanes, template);
    }

    @Bean
    BackfillEndpoint backfillEndpoint(Ledger ledger, Routes routes) {
        return new BackfillEndpoint(ledger.backfills(), routes::lanes, template);
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        running(event.getApplicationContext().getBean(OwnAddress.class)).ifPresent(running -> {
            Settings settings = event.getApplicationContext().getBean(Settings.class);
            try {
                Files.createDirectories(settings.dataDirectory());
                RunningFile.write(settings.dataDirectory(), running);
            } catch (IOException e) {
                LOG.warn("commands will not find this server: {} cannot be written", settings.dataDirectory());
            }
        });
    }

    @EventListener
    void closed(ContextClosedEvent event) {
        running(event.getApplicationContext().getBean(OwnAddress.class)).ifPresent(running -> {
            Settings settings = event.getApplicationContext().getBean(Settings.class);
            try {
                RunningFile.remove(settings.dataDirectory(), running);
            } catch (IOException e) {
                LOG.debug("{} cannot be tidied up", settings.dataDirectory(), e);
            }
        });
    }

    private Optional<RunningFile.Running> running(OwnAddress own) {
        return own.base().map(url -> new RunningFile.Running(url, template.token()));
    }
}
