package dev.ecgfhir.api;

import dev.ecgfhir.config.Settings;
import dev.ecgfhir.terminology.ConceptScope;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** CDS Hooks, where they are asked for; else there is nothing at /cds-services. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "ecgfhir.cds-hooks.enabled", havingValue = "true")
public class CdsConfiguration {
    @Bean
    CdsHooks cdsHooks(
            ConceptScope scope,
            ObjectProvider<UnreviewedReports> repository,
            OwnEndpoint own,
            Settings settings,
            Clock clock,
            MeterRegistry meters) {
        return new CdsHooks(
                new CriticalFindings(scope),
                Optional.ofNullable(repository.getIfAvailable()),
                own,
                settings.cdsHooks().window(),
                clock,
                meters);
    }
}
