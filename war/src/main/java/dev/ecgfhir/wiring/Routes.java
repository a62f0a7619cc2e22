package dev.ecgfhir.wiring;

import dev.ecgfhir.config.Settings;
import dev.ecgfhir.config.SourceSettings;
import dev.ecgfhir.config.WorkSettings;
import dev.ecgfhir.routes.BrokerQueue;
import dev.ecgfhir.routes.EcgRoutes;
import dev.ecgfhir.routes.Lane;
import dev.ecgfhir.routes.Notifications;
import dev.ecgfhir.routes.OrderlyStop;
import dev.ecgfhir.routes.RetryConfig;
import dev.ecgfhir.routes.RouteParts;
import dev.ecgfhir.routes.RoutesConfig;
import dev.ecgfhir.routes.SourceRouteConfig;
import dev.ecgfhir.routes.TargetRouteConfig;
import dev.ecgfhir.routes.WorkConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/**
 * The Camel context with the product's routes: started last, when the server answers and its address is known; stopped first.
 *
 * <p>Where no network can run nothing is polled: an ECG that is not taken up waits on its server, one that is refused would be lost.
 */
final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final long STOP_SECONDS = 15;
    private static final long FORCED_SECONDS = 2;

    private final DefaultCamelContext context;
    private final Settings settings;
    private final Models models;
    private final OwnAddress own;
    private final RouteParts parts;
    private volatile @Nullable EcgRoutes routes;
    private volatile @Nullable Notifications notifications;

    Routes(DefaultCamelContext context, Settings settings, Models models, OwnAddress own, RouteParts parts) {
        this.context = context;
        this.settings = settings;
        this.models = models;
        this.own = own;
        this.parts = parts;
    }

    @EventListener
    void start(ApplicationReadyEvent event) throws Exception {
        context.getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
        context.getShutdownStrategy().setTimeout(STOP_SECONDS);
        if (models.demonstration()) {
            LOG.warn("DEMONSTRATION WEIGHTS in use: not ECGFounder, not validated, not for patients");
        }
        if (models.problem().isPresent()) {
            LOG.warn("nothing is polled: {}", models.problem().get().detail());
        } else if (settings.sources().isEmpty()) {
            LOG.info("nothing is polled: no ecgfhir.sources are configured");
        } else {
            EcgRoutes added = EcgRoutes.addTo(context, config(), parts);
            routes = added;
            notifications = added.notifications();
        }
        context.start();
    }

    @EventListener
    void stop(ContextClosedEvent event) {
        EcgRoutes running = routes;
        if (running != null) {
            running.detach();
        }
        stop();
    }

    /** Without its ledger nothing can be done, and every attempt would say so each second. */
    @EventListener
    void stop(AvailabilityChangeEvent<LivenessState> event) {
        if (event.getState() == LivenessState.BROKEN) {
            stop();
        }
    }

    private void stop() {
        if (!OrderlyStop.of(context, Duration.ofSeconds(STOP_SECONDS + FORCED_SECONDS))) {
            LOG.warn("an ECG is still in work and is left; it is taken up again when its lease ends");
        }
    }

    /** Returns true once the context has started. */
    boolean started() {
        return context.isStarted();
    }

    /** Returns every source and target; empty if nothing is polled. */
    List<Lane> lanes() {
        EcgRoutes running = routes;
        return running == null ? List.of() : running.lanes();
    }

    /** Returns how many messages wait in each topic; empty if no broker carries the work. */
    List<BrokerQueue> queues() {
        EcgRoutes running = routes;
        return running == null ? List.of() : running.queues();
    }

    /** Returns what takes notifications of sources; empty while nothing is polled. */
    Optional<Notifications> notifications() {
        return Optional.ofNullable(notifications);
    }

    private RoutesConfig config() {
        WorkSettings work = settings.work();
        RoutesConfig config = new RoutesConfig(
                        settings.sources().stream().map(this::source).toList(),
                        settings.targets().stream()
                                .map(target -> new TargetRouteConfig(
                                        target.name(), target.server().base(ownBase()), target.sameIds()))
                                .toList(),
                        new WorkConfig(
                                work.interpretWorkers(), work.deliverWorkers(), work.lease(), SWEEP, work.retention()),
                        new RetryConfig(work.firstPause(), work.longestPause(), work.maximumFailures()))
                .on(settings.node());
        return settings.kafka().map(config::through).orElse(config);
    }

    private SourceRouteConfig source(SourceSettings source) {
        SourceRouteConfig.Builder config = SourceRouteConfig.at(
                        source.name(), source.server().base(ownBase()))
                .every(source.pollInterval())
                .pages(source.pageSize())
                .overlapping(source.overlap())
                .sweptEvery(source.sweepInterval(), source.deletionsInterval())
                .query(source.query())
                .reading(source.reading())
                .archive(source.archive());
        source.workers().ifPresent(config::workers);
        source.target().ifPresent(config::reportingTo);
        source.subscription().ifPresent(config::subscribed);
        source.join().ifPresent(config::joining);
        return config.build();
    }

    private String ownBase() {
        // Empty only in a container without base-url, where no server may be 'self': SettingsInitializer has seen to
        // it.
        Optional<String> base = own.fhirBase();
        return base.orElse("");
    }
}
