package dev.ecgfhir.wiring;

import dev.ecgfhir.config.Product;
import dev.ecgfhir.config.Settings;
import dev.ecgfhir.inference.batching.QueueStatus;
import dev.ecgfhir.repository.TerminologyLoader;
import dev.ecgfhir.terminology.ConceptScope;
import dev.ecgfhir.terminology.SiteOverlay;
import dev.ecgfhir.web.LandingPage;
import dev.ecgfhir.web.NotificationEndpoint;
import dev.ecgfhir.web.Overview;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Pages and health. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {
    @Bean
    LandingPage landingPage(Models models, Settings settings, OwnAddress own) {
        return new LandingPage(() -> new Overview(
                Product.version(),
                models.demonstration(),
                models.lines(),
                models.problem().map(Models.Problem::detail).orElse(""),
                settings.sources().stream()
                        .map(source -> source.name() + ": "
                                + source.server().base(own.fhirBase().orElse("the embedded repository")))
                        .toList(),
                settings.repository().enabled()));
    }

    @Bean
    NotificationEndpoint notificationEndpoint(Routes routes) {
        return new NotificationEndpoint(routes::notifications);
    }

    @Bean
    HealthIndicator modelHealthIndicator(Models models) {
        return new ModelHealth(models);
    }

    @Bean
    ModelsEndpoint modelsEndpoint(Models models) {
        return new ModelsEndpoint(models);
    }

    @Bean
    MeterBinder modelMetrics(Models models) {
        return registry ->
                models.meters().bindTo(registry, name -> models.queues().getOrDefault(name, QueueStatus.GONE));
    }

    @Bean
    @ConditionalOnProperty(name = "ecgfhir.repository.enabled", matchIfMissing = true)
    TerminologyStart terminologyStart(TerminologyLoader loader, ConceptScope scope, SiteOverlay overlay) {
        return new TerminologyStart(loader, scope, overlay);
    }
}
