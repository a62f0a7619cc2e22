package dev.ecgfhir.routes;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import dev.ecgfhir.fhir.report.ReportSink;
import dev.ecgfhir.fhir.source.FhirServerSource;
import dev.ecgfhir.fhir.source.SubscriptionClient;
import dev.ecgfhir.ledger.Duties;
import dev.ecgfhir.ledger.LedgerException;
import dev.ecgfhir.routes.kafka.KafkaClients;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The product's routes in a Camel context: {@code poll-NAME}, {@code backfill-NAME} and {@code interpret-NAME} for
 * each source, {@code deliver-NAME} for each target.
 *
 * <p>With Kafka also {@code publish-NAME} and, for each priority, {@code take-NAME-PRIORITY}.
 *
 * <p>The ledger is their queue. Between them go only wake-ups, so that an ECG passes in milliseconds while nothing is lost when a node
 * stops at any point: whatever was in work is taken up again, here or on another node over the same ledger.
 */
public final class EcgRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(EcgRoutes.class);

    private final CamelContext context;
    private final RoutesConfig config;
    private final RouteParts parts;
    private final Wake wake;
    private final Withdrawals withdrawals;
    private final Map<String, SourceLane> sources = new LinkedHashMap<>();
    private final Map<String, Subscribed> subscriptions = new LinkedHashMap<>();
    private final List<TargetLane> targets = new ArrayList<>();
    private final @Nullable Broker broker;
    private final List<PollRoute> polls = new ArrayList<>();
    private final List<BackfillRoute> backfills = new ArrayList<>();

    private EcgRoutes(CamelContext context, RoutesConfig config, RouteParts parts) {
        this.context = context;
        this.config = config;
        this.parts = parts;
        this.wake = new Wake(context, config);
        this.withdrawals = new Withdrawals(parts, config.retries());
        this.broker = config.kafka()
                .map(kafka -> new Broker(kafka, pause(), parts.clock()))
                .orElse(null);
    }

    /**
     * Adds the routes to a context. They start with it, or at once if it runs; they end with it: what is in work is finished within the
     * context's shutdown timeout, or taken up again when its lease ends.
     *
     * @param context not closed with the routes
     * @param config what is read, where reports go, and how
     * @param parts what the routes work with
     * @return a view of the routes at work
     * @throws Exception if the context refuses a route
     */
    public static EcgRoutes addTo(CamelContext context, RoutesConfig config, RouteParts parts) throws Exception {
        EcgRoutes routes = new EcgRoutes(context, config, parts);
        Stranded.warn(parts.ledger(), config);
        routes.open();
        routes.addRoutes();
        parts.ledger().addListener(routes.wake);
        return routes;
    }

    /** Returns every source and target, and the broker, with its present state. */
    public List<Lane> lanes() {
        Broker present = broker;
        return Stream.of(
                        sources.entrySet().stream().map(source -> lane(source.getKey(), source.getValue())),
                        targets.stream().map(TargetLane::lane),
                        present == null ? Stream.<Lane>empty() : Stream.of(present.lane()))
                .flatMap(lanes -> lanes)
                .toList();
    }

    private Lane lane(String base, SourceLane source) {
        return source.lane(Optional.ofNullable(subscriptions.get(base)).flatMap(Subscribed::told));
    }

    /** Returns how many messages wait in each topic; empty where no broker carries the work. */
    public List<BrokerQueue> queues() {
        Broker present = broker;
        return present == null ? List.of() : present.queues();
    }

    /** Returns what takes the notifications of sources. */
    public Notifications notifications() {
        return new Notifications(
                sources.values().stream()
                        .collect(Collectors.toMap(lane -> lane.config().name(), lane -> lane)),
                parts.ledger(),
                source -> wake.wake(wake.poller(source)),
                parts.clock());
    }

    /** Stops waking workers, and leaves polling to other nodes; for a context that is closed while the ledger lives on. */
    public void detach() {
        parts.ledger().removeListener(wake);
        Broker present = broker;
        if (present != null) {
            present.close();
        }
        try {
            sources.values().forEach(lane -> lane.watch().resign());
        } catch (LedgerException e) {
            LOG.warn("other nodes take over polling only when the leases end: {}", e.getMessage());
        }
    }

    private void open() {
        Duties duties =
                parts.ledger().duties(config.node().name(), config.node().lease());
        for (SourceRouteConfig source : config.sources()) {
            var client = parts.servers().client(source.name(), source.url());
            FhirServerSource server = new FhirServerSource(client, source.sourceQuery());
            Watch watch = Watch.poll(parts.ledger(), duties, server.base(), config.node());
            SourceLane lane = SourceLane.of(source, server, pause(), watch, config.targetOf(source));
            sources.put(server.base(), lane);
            Subscribed subscribed = subscribed(lane, client);
            subscriptions.put(server.base(), subscribed);
            polls.add(new PollRoute(
                    source, new Poll(lane, subscribed, parts.ledger(), parts.clock()), wake.poller(source.name())));
            backfills.add(new BackfillRoute(
                    source.name(),
                    config.work().sweep(),
                    new BackfillWork(lane, parts.ledger(), new Archives(source, server, client), parts.clock())));
        }
        for (TargetRouteConfig target : config.allTargets()) {
            var client = parts.servers().client(target.name(), target.url());
            targets.add(new TargetLane(target, client, new ReportSink(client), pause()));
        }
    }

    private Pause pause() {
        return new Pause(config.retries(), parts.clock());
    }

    private void addRoutes() throws Exception {
        if (config.kafka().isPresent()) {
            KafkaClients.addTo(context, config.kafka().get());
        }
        context.addRoutes(new DutyRoute(
                config.node(), sources.values().stream().map(SourceLane::watch).toList()));
        for (PollRoute poll : polls) {
            context.addRoutes(poll);
        }
        for (BackfillRoute backfill : backfills) {
            context.addRoutes(backfill);
        }
        InterpretRoutes interpretations = new InterpretRoutes(config, parts, wake, sources, withdrawals);
        interpretations.bindInterpreter(context);
        for (SourceLane lane : sources.values()) {
            if (broker == null) {
                context.addRoutes(interpretations.fromLedger(lane));
            } else {
                interpretations.addKafka(context, lane, broker);
            }
        }
        DeliverRoutes deliveries = new DeliverRoutes(config, parts, wake, withdrawals);
        for (TargetLane lane : targets) {
            context.addRoutes(deliveries.to(lane, context));
        }
        if (config.work().retention().isPresent()) {
            context.addRoutes(
                    new PurgeRoute(parts.ledger(), config.work().retention().get(), parts.clock()));
        }
    }

    private Subscribed subscribed(SourceLane lane, IGenericClient client) {
        return new Subscribed(
                lane.config(),
                lane.source(),
                new SubscriptionClient(client),
                parts.ledger().subscriptions(),
                config.retries(),
                parts.clock());
    }
}
