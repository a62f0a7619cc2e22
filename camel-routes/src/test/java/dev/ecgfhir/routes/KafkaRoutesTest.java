package dev.ecgfhir.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerEntry;
import dev.ecgfhir.ledger.Pools;
import dev.ecgfhir.ledger.Priority;
import dev.ecgfhir.ledger.State;
import dev.ecgfhir.pipeline.Interpreter;
import dev.ecgfhir.routes.kafka.KafkaConfig;
import dev.ecgfhir.routes.kafka.WorkMessage;
import dev.ecgfhir.terminology.Terminology;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** The routes with a real Kafka between discovery and interpretation. */
class KafkaRoutesTest {
    private static EmbeddedKafkaKraftBroker kafka;

    @TempDir
    Path directory;

    private final List<CamelContext> contexts = new ArrayList<>();
    private FhirTestServer server;
    private HikariDataSource pool;
    private Ledger ledger;
    private KafkaConfig config;

    @BeforeAll
    static void startBroker() {
        kafka = new EmbeddedKafkaKraftBroker(1, 1);
        kafka.brokerProperty("group.initial.rebalance.delay.ms", "0");
        kafka.afterPropertiesSet();
    }

    @AfterAll
    static void stopBroker() {
        kafka.destroy();
    }

    @BeforeEach
    void start() throws Exception {
        server = FhirTestServer.start();
        pool = Pools.h2(directory.resolve("ledger"));
        ledger = new Ledger(pool, Clock.systemUTC());
        String prefix = "test-" + UUID.randomUUID();
        config = new KafkaConfig(kafka.getBrokersAsString(), prefix, prefix, 3, 2, Map.of());
    }

    @AfterEach
    void stop() throws Exception {
        contexts.forEach(CamelContext::stop);
        pool.close();
        server.close();
    }

    private EcgRoutes run(KafkaConfig broker, Interpreter interpreter) throws Exception {
        return run(
                broker,
                interpreter,
                SourceRouteConfig.at("hospital", server.url())
                        .every(Duration.ofMillis(100))
                        .build());
    }

    private EcgRoutes run(KafkaConfig broker, Interpreter interpreter, SourceRouteConfig source) throws Exception {
        CamelContext context = new DefaultCamelContext();
        contexts.add(context);
        EcgRoutes routes = EcgRoutes.addTo(
                context,
                new RoutesConfig(
                                List.of(source),
                                List.of(),
                                new WorkConfig(1, 1, Duration.ofMinutes(1), Duration.ofMillis(100)),
                                new RetryConfig(Duration.ofMillis(20), Duration.ofMillis(100), 3))
                        .through(broker),
                RouteParts.of(ledger, interpreter, Terminology.labelMap(), FhirTestServer.FHIR, "0.1.0-test"));
        context.start();
        return routes;
    }

    private LedgerEntry row(String resource) {
        return ledger.find(server.url(), resource, "1").orElseThrow();
    }

    private void awaitState(String resource, State state) {
        Until.holds(
                resource + " is " + state,
                () -> ledger.find(server.url(), resource, "1")
                        .filter(entry -> entry.state() == state)
                        .isPresent());
    }

    private List<ConsumerRecord<String, String>> messages(String priority) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", config.brokers(),
                        "group.id", UUID.randomUUID().toString(),
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(config.topic("hospital", priority)));
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            Until.holds("messages are there", () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return !records.isEmpty();
            });
            return records;
        }
    }

    @Test
    void carries_ids_and_nothing_of_a_patient_and_every_ecg_is_reported() throws Exception {
        for (String id : List.of("1", "2", "3", "4", "5")) {
            Observation ecg = Ecgs.observation(id);
            ecg.setSubject(new Reference("Patient/known-" + Integer.parseInt(id) % 2).setDisplay("Erika Mustermann"));
            server.observations.store(ecg);
        }
        EcgRoutes routes = run(config, Ecgs.interpreter());
        for (String id : List.of("1", "2", "3", "4", "5")) {
            awaitState("Observation/" + id, State.DELIVERED);
        }

        assertThat(server.delivered).hasSize(5);
        List<ConsumerRecord<String, String>> messages = messages("routine");
        Set<String> keys = new HashSet<>();
        for (ConsumerRecord<String, String> message : messages) {
            assertThat(message.value()).doesNotContain("known", "Patient", "Mustermann");
            WorkMessage work = WorkMessage.parse(message.value()).orElseThrow();
            assertThat(row(work.resource()).id()).isEqualTo(work.row());
            assertThat(message.key()).matches("[0-9a-f]{4}");
            keys.add(message.key());
        }
        assertThat(keys).as("one for each patient").hasSizeBetween(1, 2);
        assertThat(routes.lanes()).anySatisfy(lane -> {
            assertThat(lane.kind()).isEqualTo(Lane.Kind.BROKER);
            assertThat(lane.paused()).isFalse();
        });
        Until.holds(
                "all messages are committed",
                () -> routes.queues().stream().mapToLong(BrokerQueue::waiting).sum() == 0);
    }

    @Test
    void leads_that_are_one_observation_each_come_to_two_nodes_and_are_read_once_as_one_ecg() throws Exception {
        SourceRouteConfig joining = SourceRouteConfig.at("hospital", server.url())
                .every(Duration.ofMillis(100))
                .joining(new JoinConfig(Duration.ofSeconds(1), Duration.ofHours(1)))
                .build();
        run(config, Ecgs.interpreter(), joining);
        run(config, Ecgs.interpreter(), joining);
        for (int lead = 0; lead < 12; lead++) {
            server.observations.store(JoiningTest.lead(lead));
        }
        Until.holds(
                "one is delivered and all have ended",
                () -> ledger.counts().delivered() == 1 && ledger.counts().inProgress() == 0);

        assertThat(server.delivered).hasSize(1);
        assertThat(ledger.counts().ignored()).isEqualTo(11);
    }

    @Test
    void passes_over_what_is_no_message_of_ours_and_gives_up_an_ecg_that_always_fails() throws Exception {
        server.observations.store(Ecgs.observation("1"));
        server.observations.store(Ecgs.observation("poison"));
        try (KafkaProducer<String, String> stranger = new KafkaProducer<>(
                Map.of("bootstrap.servers", config.brokers()), new StringSerializer(), new StringSerializer())) {
            Interpreter real = Ecgs.interpreter();
            run(config, recording -> {
                if (recording.source().resource().orElse("").endsWith("/poison")) {
                    throw new IllegalArgumentException("always");
                }
                return real.interpret(recording);
            });
            stranger.send(new ProducerRecord<>(config.topic("hospital", "routine"), "key", "no message of ours"))
                    .get();
            stranger.send(new ProducerRecord<>(config.topic("hospital", "urgent"), "key", "{\"form\":1}"))
                    .get();
        }
        awaitState("Observation/poison", State.DEAD);
        awaitState("Observation/1", State.DELIVERED);

        assertThat(row("Observation/poison").reason()).contains("INTERNAL_ERROR");
        server.observations.store(Ecgs.observation("2"));
        awaitState("Observation/2", State.DELIVERED);
    }

    @Test
    void urgent_ecgs_overtake_a_backlog() throws Exception {
        for (int i = 0; i < 12; i++) {
            server.observations.store(Ecgs.observation("old-" + i));
            ledger.discover(server.url(), "Observation/old-" + i, "1", Priority.BACKFILL);
        }
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> go = new CompletableFuture<>();
        Interpreter real = Ecgs.interpreter();
        run(config, recording -> {
            begun.countDown();
            go.join();
            order.add(recording.source().resource().orElse(""));
            return real.interpret(recording);
        });
        begun.await();
        server.observations.store(Ecgs.observation("stat"));
        ledger.discover(server.url(), "Observation/stat", "1", Priority.URGENT);
        Until.holds(
                "it is on its way",
                () -> row("Observation/stat")
                        .availableAt()
                        .isAfter(Clock.systemUTC().instant()));
        go.complete(true);
        awaitState("Observation/stat", State.DELIVERED);

        assertThat(order.indexOf("Observation/stat")).as("in %s", order).isBetween(0, 5);
    }

    @Test
    void a_backlog_moves_on_while_live_ecgs_wait() throws Exception {
        ledger.discover(server.url(), "Observation/old", "1", Priority.BACKFILL);
        server.observations.store(Ecgs.observation("old"));
        for (int i = 0; i < 40; i++) {
            server.observations.store(Ecgs.observation("live-" + i));
            ledger.discover(server.url(), "Observation/live-" + i, "1", Priority.ROUTINE);
        }
        CompletableFuture<Integer> waiting = new CompletableFuture<>();
        Interpreter real = Ecgs.interpreter();
        run(config, recording -> {
            if (recording.source().resource().orElse("").endsWith("/old")) {
                waiting.complete(ledger.waiting(server.url(), Priority.ROUTINE, 40));
            }
            return real.interpret(recording);
        });
        awaitState("Observation/old", State.DELIVERED);

        assertThat(waiting.join()).isPositive();
    }
}
