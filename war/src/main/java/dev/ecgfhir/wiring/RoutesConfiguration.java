package dev.ecgfhir.wiring;

import ca.uhn.fhir.context.FhirContext;
import dev.ecgfhir.config.Product;
import dev.ecgfhir.config.Settings;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.pipeline.Interpreter;
import dev.ecgfhir.routes.BrokerQueue;
import dev.ecgfhir.routes.Lane;
import dev.ecgfhir.routes.RouteParts;
import dev.ecgfhir.terminology.LabelMap;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.Locale;
import org.apache.camel.impl.DefaultCamelContext;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Camel: a plain context, and the product's routes in it. */
@Configuration(proxyBeanMethods = false)
class RoutesConfiguration {
    @Bean(destroyMethod = "close")
    DefaultCamelContext camelContext() {
        return new DefaultCamelContext(false);
    }

    @Bean
    Routes routes(
            DefaultCamelContext context,
            Settings settings,
            Models models,
            OwnAddress own,
            Ledger ledger,
            Interpreter interpreter,
            LabelMap labels,
            Clock clock) {
        // Not the repository's own: HAPI's storage changes how that one parses and writes.
        FhirContext fhir = FhirContext.forR4Cached();
        return new Routes(
                context,
                settings,
                models,
                own,
                new RouteParts(
                        ledger,
                        interpreter,
                        labels,
                        fhir,
                        new ConfiguredServers(settings),
                        settings.report(),
                        Product.version(),
                        clock));
    }

    /** Down only while the context does not run: a hospital's server that is away must not take this one out of service. */
    @Bean
    HealthIndicator camelHealthIndicator(Routes routes) {
        return () -> {
            Health.Builder health = routes.started() ? Health.up() : Health.outOfService();
            for (Lane lane : routes.lanes()) {
                health.withDetail(
                        lane.kind().name().toLowerCase(Locale.ROOT) + " " + lane.name(),
                        (lane.paused() ? "paused after " + lane.failures() + " failures" : "in use")
                                + lane.poller()
                                        .map(RoutesConfiguration::polledBy)
                                        .orElse("")
                                + lane.told().map(RoutesConfiguration::told).orElse(""));
            }
            for (BrokerQueue queue : routes.queues()) {
                health.withDetail(
                        "kafka " + queue.source() + " " + queue.priority(), queue.waiting() + " messages wait");
            }
            return health.build();
        };
    }

    private static String told(Lane.Told told) {
        return ", subscription " + told.standing() + (told.silent() ? " but silent" : "") + ", last heard "
                + told.heardAt();
    }

    private static String polledBy(Lane.Poller poller) {
        return ", polled by "
                + poller.node()
                        .map(node -> node + (poller.here() ? " (this node)" : ""))
                        .orElse("nobody at present");
    }

    /**
     * Failures in a row since the last success, for each source and each target of its own; for each source also whether this node polls
     * it and how old its latest look is.
     */
    @Bean
    MeterBinder serverMetrics(Routes routes, Settings settings, Clock clock) {
        return registry -> {
            settings.sources().forEach(source -> {
                failures(registry, routes, Lane.Kind.SOURCE, source.name());
                SourceMeters.register(registry, routes::lanes, source.name(), clock);
                source.subscription()
                        .ifPresent(wanted ->
                                SourceMeters.registerSubscription(registry, routes::lanes, source.name(), clock));
                settings.kafka()
                        .ifPresent(kafka -> SourceMeters.registerQueues(registry, routes::queues, source.name()));
            });
            settings.kafka().ifPresent(kafka -> failures(registry, routes, Lane.Kind.BROKER, "kafka"));
            settings.targets().forEach(target -> failures(registry, routes, Lane.Kind.TARGET, target.name()));
        };
    }

    private static void failures(MeterRegistry registry, Routes routes, Lane.Kind kind, String name) {
        Gauge.builder(
                        "ecgfhir.server.failures",
                        routes,
                        there -> there.lanes().stream()
                                .filter(lane ->
                                        lane.kind() == kind && lane.name().equals(name))
                                .mapToInt(Lane::failures)
                                .sum())
                .description("failures of a server in a row since its last answer; 0 is well")
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .tag("name", name)
                .register(registry);
    }
}
