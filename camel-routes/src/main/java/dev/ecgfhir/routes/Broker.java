package dev.ecgfhir.routes;

import dev.ecgfhir.ledger.Priority;
import dev.ecgfhir.routes.kafka.BrokerException;
import dev.ecgfhir.routes.kafka.KafkaConfig;
import dev.ecgfhir.routes.kafka.WorkTopics;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker at work: its topics, whether it is left in peace, and how many messages waited at the latest look. Safe to share between threads. */
final class Broker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

    private final KafkaConfig config;
    private final WorkTopics topics;
    private final Pause pause;
    private final Clock clock;
    private volatile boolean closed;
    private final Map<String, Map<Priority, Long>> waiting = new ConcurrentHashMap<>();

    Broker(KafkaConfig config, Pause pause, Clock clock) {
        this.config = config;
        this.topics = new WorkTopics(config);
        this.pause = pause;
        this.clock = clock;
    }

    KafkaConfig config() {
        return config;
    }

    WorkTopics topics() {
        return topics;
    }

    /** What is done with a broker that answers. */
    interface Work {
        void run();
    }

    /** Does something with the broker, unless it is left in peace; its failure is noted and logged, and goes no further. */
    void ask(Work work) {
        if (closed || !pause.mayCall()) {
            return;
        }
        Instant begun = clock.instant();
        try {
            work.run();
            if (pause.failures() > 0) {
                LOG.info("Kafka at {} answers again", config.brokers());
            }
            pause.succeeded();
        } catch (BrokerException e) {
            Instant next = pause.failed(begun, Optional.empty());
            LOG.warn(
                    "Kafka at {}: {} ({}); the ledger keeps the work, asking again at {}",
                    config.brokers(),
                    e.getMessage(),
                    e.getCause() == null ? "" : e.getCause().getClass().getSimpleName(),
                    next);
        } catch (RuntimeException e) {
            Instant next = pause.failed(begun, Optional.empty());
            LOG.error("Kafka at {}: {}; again at {}", config.brokers(), Failures.describe(e), next);
        }
    }

    /** Counts the messages of a source that wait. */
    Map<Priority, Long> look(String source) {
        Map<Priority, Long> counts = topics.waiting(source);
        waiting.put(source, counts);
        return counts;
    }

    List<BrokerQueue> queues() {
        return waiting.entrySet().stream()
                .flatMap(source -> source.getValue().entrySet().stream()
                        .map(one -> new BrokerQueue(source.getKey(), WorkTopics.name(one.getKey()), one.getValue())))
                .toList();
    }

    Lane lane() {
        return new Lane(
                "kafka",
                config.brokers(),
                Lane.Kind.BROKER,
                !pause.isOver(),
                pause.failures(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public void close() {
        closed = true;
        topics.close();
    }
}
