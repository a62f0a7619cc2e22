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
import dev.ecgfhir.ledger.Priority;
import dev.ecgfhir.ledger.Publication;
import dev.ecgfhir.ledger.State;
import dev.ecgfhir.routes.kafka.KafkaConfig;
import dev.ecgfhir.routes.kafka.WorkTopics;
import dev.ecgfhir.terminology.Terminology;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
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
        try (Admin admin = admin()) {
            List<AclBinding> granted = new ArrayList<>();
            for (String user : List.of(BrokerAccess.PRODUCT, BrokerAccess.CHANGED)) {
                for (AclOperation operation :
                        List.of(AclOperation.CREATE, AclOperation.DESCRIBE, AclOperation.READ, AclOperation.WRITE)) {
                    granted.add(grant(user, ResourceType.TOPIC, operation));
                }
                granted.add(grant(user, ResourceType.GROUP, AclOperation.DESCRIBE));
                granted.add(grant(user, ResourceType.GROUP, AclOperation.READ));
            }
            admin.createAcls(granted).all().get();
        }
    }

    private static AclBinding grant(String user, ResourceType type, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, "ecgfhir-", PatternType.PREFIXED),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }

    private static Admin admin() {
        Map<String, Object> properties = new HashMap<>(access.client(BrokerAccess.ADMIN));
        properties.put("bootstrap.servers", broker.address());
        return Admin.create(properties);
    }

    private static void change(String password) throws Exception {
        try (Admin admin = admin()) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            BrokerAccess.CHANGED,
                            new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                            password)))
                    .all()
                    .get();
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
        if (routes != null) {
            routes.detach();
        }
        pool.close();
        server.close();
        ROOT.detachAppender(log);
        ROOT.setLevel(before);
    }

    private static KafkaConfig config(Map<String, String> access) {
        Map<String, String> properties = new HashMap<>(access);
        properties.put("reconnect.backoff.max.ms", "500");
        for (String limit :
                List.of("default.api.timeout.ms", "request.timeout.ms", "delivery.timeout.ms", "max.block.ms")) {
            properties.put(limit, "5000");
        }
        return new KafkaConfig(broker.address(), "ecgfhir", "ecgfhir", 3, 2, properties);
    }

    private void run(Map<String, String> access) throws Exception {
        routes = EcgRoutes.addTo(
                context,
                new RoutesConfig(
                                List.of(SourceRouteConfig.at("hospital", server.url())
                                        .every(Duration.ofMillis(100))
                                        .build()),
                                List.of(),
                                new WorkConfig(1, 1, Duration.ofMinutes(1), Duration.ofMillis(100)),
                                new RetryConfig(Duration.ofMillis(20), Duration.ofMillis(100), 3))
                        .through(config(access)),
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
    void a_password_that_it_does_not_take_yet_is_tried_again_and_no_secret_is_told() throws Exception {
        String password = "n-" + UUID.randomUUID();
        run(access.client(BrokerAccess.CHANGED, password));
        server.observations.store(Ecgs.observation("1"));
        awaitState("Observation/1", State.DISCOVERED);
        awaitFailures();
        for (String priority : List.of("urgent", "routine", "backfill")) {
            Until.holds(
                    "the consumer of " + priority + " is refused",
                    () -> logged().contains("Kafka does not let us read [ecgfhir-hospital-" + priority + "]"));
        }
        assertThat(ledger.find(server.url(), "Observation/1", "1").orElseThrow().attempts())
                .isZero();

        change(password);
        awaitState("Observation/1", State.DELIVERED);
        assertThat(logged())
                .contains("SaslAuthenticationException")
                .doesNotContain(access.secrets())
                .doesNotContain(password);
    }

    @Test
    void a_sender_that_it_has_refused_sends_when_it_is_let_in_again() throws Exception {
        Publication offer = offer();
        String password = "b-" + UUID.randomUUID();
        change(password);
        try (WorkTopics topics = new WorkTopics(config(access.client(BrokerAccess.CHANGED, password)))) {
            topics.make("other"); // by a connection that stays
            change("f-" + UUID.randomUUID());
            assertThat(topics.send("other", Priority.ROUTINE, List.of(offer))).containsExactly(offer);
            change(password);
            assertThat(topics.send("other", Priority.ROUTINE, List.of(offer))).isEmpty();
        }
    }

    private Publication offer() {
        ledger.discover(server.url(), "Observation/1", "1", Priority.ROUTINE);
        return ledger.publications()
                .offer(server.url(), Priority.ROUTINE, 1, Duration.ofMinutes(1))
                .get(0);
    }
}
