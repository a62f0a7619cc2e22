package dev.ecgfhir.routes;

import dev.ecgfhir.ledger.Claim;
import dev.ecgfhir.ledger.Ledger;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a row wait that failed by itself, longer each time, and gives it up when it has failed too often. */
final class RowFailures {
    private static final Logger LOG = LoggerFactory.getLogger(RowFailures.class);

    private final Ledger ledger;
    private final RetryConfig retries;
    private final Clock clock;

    RowFailures(Ledger ledger, RetryConfig retries, Clock clock) {
        this.ledger = ledger;
        this.retries = retries;
        this.clock = clock;
    }

    /** Notes a failure that speaks against the row. */
    void failed(Claim claim, RouteReason reason, String detail) {
        int failures = claim.entry().failures();
        if (failures >= retries.maximumFailures()) {
            LOG.error("{}: {}; given up as {} after {} failures", claim.entry().name(), detail, reason, failures);
            ledger.dead(claim, reason.name(), detail);
            return;
        }
        Instant next = after(failures);
        LOG.warn(
                "{}: {}; failure {} of {}, again at {}",
                claim.entry().name(),
                detail,
                failures,
                retries.maximumFailures(),
                next);
        ledger.failed(claim, reason.name(), detail, next);
    }

    /** Lets a row wait for something that does not speak against it. */
    void postpone(Claim claim, RouteReason reason, String detail) {
        Instant next = after(claim.entry().attempts());
        LOG.info("{}: {}; {}, again at {}", claim.entry().name(), detail, reason, next);
        ledger.postpone(claim, reason.name(), detail, next);
    }

    private Instant after(int attempts) {
        return clock.instant()
                .plus(retries.pause(attempts, ThreadLocalRandom.current().nextDouble()));
    }
}
