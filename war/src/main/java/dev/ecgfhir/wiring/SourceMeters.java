package dev.ecgfhir.wiring;

import dev.ecgfhir.routes.BrokerQueue;
import dev.ecgfhir.routes.Lane;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells of each source whether this node polls it, and how far what it has found is behind. */
final class SourceMeters {
    private SourceMeters() {}

    /**
     * Registers the gauges of one source.
     *
     * @param lanes asked at each look at the metrics
     * @param name the source's
     */
    static void register(MeterRegistry registry, Supplier<List<Lane>> lanes, String name, Clock clock) {
        Gauge.builder(
                        "ecgfhir.source.polling",
                        lanes,
                        there -> poller(there, name)
                                .filter(Lane.Poller::here)
                                .map(poller -> 1.0)
                                .orElse(0.0))
                .description("1 if this node polls the source; the sum over all nodes is 1")
                .tag("name", name)
                .strongReference(true)
                .register(registry);
        Gauge.builder(
                        "ecgfhir.source.watermark.lag",
                        lanes,
                        there -> poller(there, name)
                                .flatMap(Lane.Poller::looked)
                                .map(looked -> (double) Duration.between(looked, clock.instant())
                                                .toMillis()
                                        / 1000)
                                .orElse(Double.NaN))
                .description(
                        "time since the beginning of the latest look that found everything; NaN where another node polls")
                .baseUnit("seconds")
                .tag("name", name)
                .strongReference(true)
                .register(registry);
    }

    /** Registers how the subscription on a source stands; NaN where another node polls it. */
    static void registerSubscription(MeterRegistry registry, Supplier<List<Lane>> lanes, String name, Clock clock) {
        Gauge.builder(
                        "ecgfhir.source.subscription",
                        lanes,
                        there -> told(there, name)
                                .map(told -> told.inForce() ? 1.0 : 0.0)
                                .orElse(Double.NaN))
                .description(
                        "1 while the subscription on the source is in force and heard, else 0; NaN where another node polls")
                .tag("name", name)
                .strongReference(true)
                .register(registry);
        Gauge.builder(
                        "ecgfhir.source.subscription.silence",
                        lanes,
                        there -> told(there, name)
                                .map(told -> (double) Duration.between(told.heardAt(), clock.instant())
                                                .toMillis()
                                        / 1000)
                                .orElse(Double.NaN))
                .description("time since the source told something by its subscription, or it came into force")
                .baseUnit("seconds")
                .tag("name", name)
                .strongReference(true)
                .register(registry);
    }

    private static Optional<Lane.Told> told(Supplier<List<Lane>> lanes, String name) {
        return source(lanes, name).flatMap(Lane::told);
    }

    /** Registers how many messages of a source wait in Kafka. */
    static void registerQueues(MeterRegistry registry, Supplier<List<BrokerQueue>> queues, String name) {
        for (String priority : List.of("urgent", "routine", "backfill")) {
            Gauge.builder(
                            "ecgfhir.kafka.lag",
                            queues,
                            there -> there.get().stream()
                                    .filter(queue -> queue.source().equals(name)
                                            && queue.priority().equals(priority))
                                    .mapToLong(BrokerQueue::waiting)
                                    .sum())
                    .description("messages in the topic that no server has finished, at the latest look of this one")
                    .tag("name", name)
                    .tag("priority", priority)
                    .strongReference(true)
                    .register(registry);
        }
    }

    private static Optional<Lane.Poller> poller(Supplier<List<Lane>> lanes, String name) {
        return source(lanes, name).flatMap(Lane::poller);
    }

    private static Optional<Lane> source(Supplier<List<Lane>> lanes, String name) {
        return lanes.get().stream()
                .filter(lane -> lane.kind() == Lane.Kind.SOURCE && lane.name().equals(name))
                .findFirst();
    }
}
