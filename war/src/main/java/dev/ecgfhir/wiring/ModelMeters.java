package dev.ecgfhir.wiring;

import dev.ecgfhir.inference.Urgency;
import dev.ecgfhir.inference.batching.BatchListener;
import dev.ecgfhir.inference.batching.QueueStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What happens in front of the networks, as meters. Networks start before there is a registry; what happens until then (their warm-up)
 * is not counted. Safe to share between threads.
 */
final class ModelMeters {
    private final Map<String, Listener> listeners = new ConcurrentHashMap<>();

    /** Returns what listens to a network of this name; a network that takes another one's place goes on with its meters. */
    BatchListener of(String name) {
        return listeners.computeIfAbsent(name, any -> new Listener());
    }

    /**
     * Registers the meters.
     *
     * @param registry where they are kept
     * @param status tells how the queue of a network stands
     */
    void bindTo(MeterRegistry registry, Function<String, QueueStatus> status) {
        listeners.forEach((name, listener) -> {
            gauge(registry, name, "live", () -> status.apply(name), QueueStatus::live);
            gauge(registry, name, "backlog", () -> status.apply(name), QueueStatus::backlog);
            Gauge.builder(
                            "ecgfhir.inference.alarm",
                            () -> status.apply(name).alarm().isPresent() ? 1 : 0)
                    .description("1 if the device of the network is lost")
                    .tag("model", name)
                    .register(registry);
            listener.meters = new Meters(registry, name);
        });
    }

    private static void gauge(
            MeterRegistry registry,
            String name,
            String urgency,
            Supplier<QueueStatus> status,
            ToDoubleFunction<QueueStatus> waiting) {
        Gauge.builder("ecgfhir.inference.queue", () -> waiting.applyAsDouble(status.get()))
                .description("windows that wait for the network")
                .tag("model", name)
                .tag("urgency", urgency)
                .register(registry);
    }

    private static final class Listener implements BatchListener {
        private volatile @Nullable Meters meters;

        @Override
        public void pass(int records) {
            Meters there = meters;
            if (there != null) {
                there.batch.record(records);
            }
        }

        @Override
        public void taken(Urgency urgency, Duration waited) {
            Meters there = meters;
            if (there != null) {
                Objects.requireNonNull(there.waits.get(urgency)).record(waited);
            }
        }

        @Override
        public void refused(Urgency urgency) {
            Meters there = meters;
            if (there != null) {
                Objects.requireNonNull(there.refusals.get(urgency)).increment();
            }
        }

        @Override
        public void outOfMemory(int records) {
            Meters there = meters;
            if (there != null) {
                there.halved.increment();
            }
        }
    }

    private static final class Meters {
        private final DistributionSummary batch;
        private final Counter halved;
        private final Map<Urgency, Timer> waits = new EnumMap<>(Urgency.class);
        private final Map<Urgency, Counter> refusals = new EnumMap<>(Urgency.class);

        Meters(MeterRegistry registry, String name) {
            batch = DistributionSummary.builder("ecgfhir.inference.batch.size")
                    .description("windows of a forward pass")
                    .tag("model", name)
                    .register(registry);
            halved = Counter.builder("ecgfhir.inference.batch.halved")
                    .description("forward passes that the device had no memory for")
                    .tag("model", name)
                    .register(registry);
            for (Urgency urgency : Urgency.values()) {
                String tag = urgency.name().toLowerCase(Locale.ROOT);
                waits.put(
                        urgency,
                        Timer.builder("ecgfhir.inference.wait")
                                .description("how long windows wait for the network")
                                .tag("model", name)
                                .tag("urgency", tag)
                                .register(registry));
                refusals.put(
                        urgency,
                        Counter.builder("ecgfhir.inference.refused")
                                .description("callers that found the queue full or were not served in time")
                                .tag("model", name)
                                .tag("urgency", tag)
                                .register(registry));
            }
        }
    }
}
