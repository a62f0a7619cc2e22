package dev.ecgfhir.wiring;

import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerException;
import dev.ecgfhir.ledger.LedgerListener;
import dev.ecgfhir.ledger.State;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what becomes of ECGs at this node since its start, and times their way. Beside the gauges, which count the ledger's rows of all
 * nodes and all times. Tags are states and reason codes: nothing of a patient. Safe to share between threads.
 */
final class LedgerMeters implements LedgerListener {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerMeters.class);

    private final MeterRegistry registry;
    private final Ledger ledger;
    private final Clock clock;
    private final Timer delivery;

    LedgerMeters(MeterRegistry registry, Ledger ledger, Clock clock) {
        this.registry = registry;
        this.ledger = ledger;
        this.clock = clock;
        this.delivery = Timer.builder("ecgfhir.recordings.latency")
                .description("from an ECG's discovery to its report on the target, waiting included")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(50))
                .maximumExpectedValue(Duration.ofHours(1))
                .register(registry);
    }

    @Override
    public void changed(Change change) {
        registry.counter(
                        "ecgfhir.recordings",
                        "state",
                        change.state().name().toLowerCase(Locale.ROOT),
                        "reason",
                        change.reason().isEmpty() ? "none" : change.reason())
                .increment();
        if (change.state() == State.DELIVERED) {
            time(change);
        }
    }

    private void time(Change change) {
        try {
            ledger.find(change.source(), change.resource(), change.version())
                    .ifPresent(entry -> delivery.record(Duration.between(entry.discoveredAt(), clock.instant())));
        } catch (LedgerException e) {
            LOG.debug("row {} is not timed: the ledger does not answer", change.id());
        }
    }
}
