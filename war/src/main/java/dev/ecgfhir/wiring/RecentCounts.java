package dev.ecgfhir.wiring;

import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerCounts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's counts, counted anew only when they are older than {@link #AGE}: counting reads a whole index, and one look at the metrics
 * asks for each state by itself. Safe to share between threads.
 */
final class RecentCounts {
    static final Duration AGE = Duration.ofSeconds(2);

    private final Ledger ledger;
    private final Clock clock;
    private @Nullable LedgerCounts counts;
    private Instant counted = Instant.MIN;

    RecentCounts(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    synchronized LedgerCounts counts() {
        Instant now = clock.instant();
        LedgerCounts recent = counts;
        if (recent == null || Duration.between(counted, now).compareTo(AGE) > 0) {
            recent = ledger.counts();
            counts = recent;
            counted = now;
        }
        return recent;
    }
}
