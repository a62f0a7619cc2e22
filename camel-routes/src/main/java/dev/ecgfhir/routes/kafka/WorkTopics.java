package dev.ecgfhir.routes.kafka;

import dev.ecgfhir.ledger.Priority;
import dev.ecgfhir.ledger.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics of the work: makes them, sends to them, tells how many messages wait. Connects at the first use; nothing waits longer than a
 * few seconds for a broker that does not answer. Safe to share between threads.
 */
public final class WorkTopics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkTopics.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** A broker that is away is not asked ten times a second. */
    static final Map<String, String> PATIENT = Map.of("reconnect.backoff.max.ms", "10000");

    private static final short BROKERS_REPLICATION = -1;

    private final KafkaConfig config;
    private @Nullable Admin admin;
    private @Nullable KafkaProducer<String, String> producer;

    /** Prepares them. */
    public WorkTopics(KafkaConfig config) {
        this.config = config;
    }

    /** Returns a priority as it stands in names. */
    public static String name(Priority priority) {
        return priority.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Makes the topics of a source that are not there.
     *
     * @throws BrokerException if the broker does not answer or refuses
     */
    public void make(String source) {
        List<NewTopic> topics = new ArrayList<>();
        for (Priority priority : Priority.values()) {
            topics.add(new NewTopic(
                    config.topic(source, name(priority)),
                    Optional.of(config.partitions()),
                    Optional.of(BROKERS_REPLICATION)));
        }
        Map<String, KafkaFuture<Void>> made = admin().createTopics(topics).values();
        made.forEach((topic, future) -> {
            try {
                get(future);
                LOG.info("made topic {} of {} partitions", topic, config.partitions());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new BrokerException("topic " + topic + " cannot be made", e.getCause());
                }
            }
        });
    }

    /**
     * Returns how many messages of a source wait to be taken, those in work included.
     *
     * @throws BrokerException if the broker does not answer
     */
    public Map<Priority, Long> waiting(String source) {
        Map<Priority, Long> waiting = new LinkedHashMap<>();
        for (Priority priority : Priority.values()) {
            waiting.put(priority, waiting(source, priority));
        }
        return waiting;
    }

    private long waiting(String source, Priority priority) {
        String topic = config.topic(source, name(priority));
        try {
            return TopicLag.of(admin(), topic, config.group(source, name(priority)));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return 0;
            }
            throw new BrokerException("the messages of topic " + topic + " cannot be counted", e.getCause());
        }
    }

    /**
     * Sends offered rows and waits until all replicas have them.
     *
     * @return those of which that is not known; they may have arrived nevertheless
     */
    public List<Publication> send(String source, Priority priority, List<Publication> offers) {
        String topic = config.topic(source, name(priority));
        Map<Publication, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        List<Publication> failed = new ArrayList<>();
        for (Publication offer : offers) {
            try {
                sent.put(
                        offer,
                        producer()
                                .send(new ProducerRecord<>(
                                        topic,
                                        WorkMessage.key(offer),
                                        WorkMessage.of(source, offer).text())));
            } catch (RuntimeException e) {
                LOG.debug("row {} cannot be sent to {}", offer.entry().id(), topic, e);
                failed.add(offer);
            }
        }
        sent.forEach((offer, future) -> {
            try {
                get(future);
            } catch (ExecutionException | BrokerException e) {
                LOG.debug("row {} did not reach {}", offer.entry().id(), topic, e);
                failed.add(offer);
            }
        });
        if (!failed.isEmpty()) {
            closeProducer(); // one that the brokers have refused never sends again
        }
        return failed;
    }

    static <T> T get(Future<T> future) throws ExecutionException {
        try {
            return future.get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new BrokerException("no answer within " + 2 * PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("interrupted while waiting for an answer", e);
        }
    }

    private synchronized Admin admin() {
        Admin present = admin;
        if (present == null) {
            present = Admin.create(properties(
                    Map.of("default.api.timeout.ms", PATIENCE.toMillis(), "request.timeout.ms", PATIENCE.toMillis())));
            admin = present;
        }
        return present;
    }

    private synchronized KafkaProducer<String, String> producer() {
        KafkaProducer<String, String> present = producer;
        if (present == null) {
            present = new KafkaProducer<>(
                    properties(Map.of(
                            "acks",
                            "all",
                            "enable.idempotence",
                            "true",
                            "linger.ms",
                            "0",
                            "max.block.ms",
                            PATIENCE.toMillis(),
                            "request.timeout.ms",
                            PATIENCE.toMillis(),
                            "delivery.timeout.ms",
                            PATIENCE.toMillis())),
                    new StringSerializer(),
                    new StringSerializer());
            producer = present;
        }
        return present;
    }

    private synchronized void closeProducer() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
            producer = null;
        }
    }

    private Properties properties(Map<String, Object> ours) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", config.brokers());
        ours.forEach((name, value) -> properties.put(name, value.toString()));
        properties.putAll(PATIENT);
        properties.putAll(config.properties());
        return properties;
    }

    @Override
    public synchronized void close() {
        closeProducer();
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
