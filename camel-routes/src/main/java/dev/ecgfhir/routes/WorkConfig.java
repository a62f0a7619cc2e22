package dev.ecgfhir.routes;

import java.time.Duration;
import java.util.Optional;

/**
 * How the work is done.
 *
 * @param interpretWorkers recordings that are interpreted at once, and those that are read from each source at once, 1..256
 * @param deliverWorkers reports that are delivered at once to each target, 1..64
 * @param lease how long a row belongs to the worker that claimed it; longer than the slowest exchange with a server, since after that
 *     another worker takes it up
 * @param sweep how often the ledger is looked through for work that nobody was woken for: rows whose pause is over, whose worker died,
 *     or that another node wrote
 * @param retention how long the ledger keeps what is done with, at least a day; empty for ever ({@link
 *     dev.ecgfhir.ledger.Ledger#purge})
 */
public record WorkConfig(
        int interpretWorkers, int deliverWorkers, Duration lease, Duration sweep, Optional<Duration> retention) {
    /** Checks the ranges. */
    public WorkConfig {
        if (interpretWorkers < 1 || interpretWorkers > 256 || deliverWorkers < 1 || deliverWorkers > 64) {
            throw new IllegalArgumentException("workers must be in 1..256 to interpret and 1..64 to deliver, were "
                    + interpretWorkers + " and " + deliverWorkers);
        }
        if (lease.toMillis() < 1 || sweep.toMillis() < 10) {
            throw new IllegalArgumentException(
                    "lease must be at least 1 ms and sweep at least 10 ms, were " + lease + " and " + sweep);
        }
        if (retention.filter(time -> time.toDays() < 1).isPresent()) {
            throw new IllegalArgumentException("retention must be at least a day, was " + retention.get());
        }
    }

    /** As the canonical constructor, for a ledger that keeps everything. */
    public WorkConfig(int interpretWorkers, int deliverWorkers, Duration lease, Duration sweep) {
        this(interpretWorkers, deliverWorkers, lease, sweep, Optional.empty());
    }

    /** Returns 2 recordings and 2 deliveries at once, a lease of 10 min, a sweep every second. */
    public static WorkConfig defaults() {
        return new WorkConfig(2, 2, Duration.ofMinutes(10), Duration.ofSeconds(1));
    }
}
