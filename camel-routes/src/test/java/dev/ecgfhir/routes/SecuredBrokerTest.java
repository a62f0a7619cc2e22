package dev.ecgfhir.routes;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.Pools;
import dev.ecgfhir.ledger.State;
import dev.ecgfhir.routes.kafka.KafkaConfig;
import dev.ecgfhir.terminology.Terminology;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * The routes with a Kafka that lets in by SASL_SSL alone (SCRAM-SHA-512, a certificate of its own) and grants them what
 * {@code docs/operations.md} names and nothing else.
 */
class SecuredBrokerTest {
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @TempDir
    static Path brokers;

    private static BrokerAccess access;
    private static BrokerProcess broker;

    @TempDir
    Path directory;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Level before = ROOT.getLevel();
    private CamelContext context;
    private EcgRoutes routes;
    private FhirTestServer server;
    private HikariDataSource pool;
    private Ledger ledger;

    @BeforeAll
    static void startBroker() throws Exception {
        access = new BrokerAccess(brokers);
        broker = new BrokerProcess(brokers, access);
        broker.start();
        try (Admin admin = Admin.create(with(access.client(BrokerAccess.ADMIN)))) {
            List<AclBinding> granted = new ArrayList<>();
            Map.of(
                            ResourceType.TOPIC,
                            Set.of(AclOperation.CREATE, AclOperation.DESCRIBE, AclOperation.READ, AclOperation.WRITE),
                            ResourceType.GROUP,
                            Set.of(AclOperation.DESCRIBE, AclOperation.READ))
                    .forEach((type, operations) -> operations.forEach(operation -> granted.add(new AclBinding(
                            new ResourcePattern(type, "ecgfhir-", PatternType.PREFIXED),
                            new AccessControlEntry(
                                    "User:" + BrokerAccess.PRODUCT, "*", operation, AclPermissionType.ALLOW)))));
            admin.createAcls(granted).all().get();
        }
    }

    @AfterAll
    static void stopBroker() throws InterruptedException {
        broker.close();
    }

    @BeforeEach
    void start() throws Exception {
        log.start();
        ROOT.addAppender(log);
        ROOT.setLevel(Level.INFO);
        server = FhirTestServer.start();
        pool = Pools.h2(directory.resolve("ledger"));
        ledger = new Ledger(pool, Clock.systemUTC());
        context = new DefaultCamelContext();
    }

    @AfterEach
    void stop() throws Exception {
        context.stop();
        routes.detach();
        pool.close();
        server.close();
        ROOT.detachAppender(log);
        ROOT.setLevel(before);
    }

    private static Map<String, Object> with(Map<String, String> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("bootstrap.servers", broker.address());
        return all;
    }

    private void run(Map<String, String> access) throws Exception {
        Map<String, String> properties = new HashMap<>(access);
        properties.put("reconnect.backoff.max.ms", "500");
        for (String limit : List.of("default.api.timeout.ms", "request.timeout.ms", "delivery.timeout.ms")) {
            properties.put(limit, "5000");
        }
        properties.put("max.block.ms", "5000");
        routes = EcgRoutes.addTo(
                context,
                new RoutesConfig(
                                List.of(SourceRouteConfig.at("hospital", server.url())
                                        .every(Duration.ofMillis(100))
                                        .build()),
                                List.of(),
                                new WorkConfig(1, 1, Duration.ofMinutes(1), Duration.ofMillis(100)),
                                new RetryConfig(Duration.ofMillis(20), Duration.ofMillis(100), 3))
                        .through(new KafkaConfig(broker.address(), "ecgfhir", "ecgfhir", 3, 2, properties)),
                RouteParts.of(ledger, Ecgs.interpreter(), Terminology.labelMap(), FhirTestServer.FHIR, "0.1.0-test"));
        context.start();
    }

    private void awaitState(String resource, State state) {
        Until.holds(
                resource + " is " + state,
                () -> ledger.find(server.url(), resource, "1")
                        .filter(entry -> entry.state() == state)
                        .isPresent());
    }

    private void awaitFailures() {
        Until.holds(
                "the broker is seen to fail",
                () -> routes.lanes().stream().anyMatch(lane -> lane.kind() == Lane.Kind.BROKER && lane.failures() > 1));
    }

    private String logged() {
        synchronized (log) {
            return List.copyOf(log.list).stream()
                    .map(event -> event.getFormattedMessage() + "\n"
                            + (event.getThrowableProxy() == null
                                    ? ""
                                    : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                    .collect(Collectors.joining("\n"));
        }
    }

    @Test
    void while_it_is_dead_the_ledger_keeps_the_work_and_it_goes_on_with_it() throws Exception {
        run(access.client(BrokerAccess.PRODUCT));
        server.observations.store(Ecgs.observation("1"));
        awaitState("Observation/1", State.DELIVERED);

        broker.close();
        server.observations.store(Ecgs.observation("2"));
        awaitState("Observation/2", State.DISCOVERED);
        awaitFailures();
        assertThat(ledger.find(server.url(), "Observation/2", "1").orElseThrow().attempts())
                .isZero();

        broker.start();
        awaitState("Observation/2", State.DELIVERED);
        assertThat(server.delivered).hasSize(2);
        assertThat(logged()).contains("SASL_SSL").doesNotContain(access.secrets());
    }

    @Test
    void with_a_wrong_password_nothing_is_sent_and_no_secret_is_told() throws Exception {
        run(access.client(BrokerAccess.PRODUCT, "w-not-the-password"));
        server.observations.store(Ecgs.observation("1"));
        awaitState("Observation/1", State.DISCOVERED);
        awaitFailures();

        assertThat(ledger.find(server.url(), "Observation/1", "1").orElseThrow().attempts())
                .isZero();
        assertThat(logged())
                .contains("SaslAuthenticationException")
                .doesNotContain(access.secrets())
                .doesNotContain("w-not-the-password");
    }
}
