package dev.ecgfhir.wiring;

import dev.ecgfhir.ledger.LedgerCounts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's counts for health and metrics. Counting reads every row's entry in an index, so counts are used for {@link #AGE}, since one
 * look at the metrics asks for each state by itself, and for {@value #SPARING} times as long as counting took: whoever looks, and however
 * many rows there are, no more than a hundredth of a processor counts. Safe to share between threads.
 */
final class RecentCounts {
    static final Duration AGE = Duration.ofSeconds(2);
    static final int SPARING = 100;

    private final Supplier<LedgerCounts> ledger;
    private final Clock clock;
    private @Nullable LedgerCounts counts;
    private Instant anew = Instant.MIN;

    /**
     * Counts nothing yet.
     *
     * @param ledger counts
     */
    RecentCounts(Supplier<LedgerCounts> ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    synchronized LedgerCounts counts() {
        Instant now = clock.instant();
        LedgerCounts recent = counts;
        if (recent == null || now.isAfter(anew)) {
            recent = ledger.get();
            Instant counted = clock.instant();
            Duration sparing = Duration.between(now, counted).multipliedBy(SPARING);
            counts = recent;
            anew = counted.plus(sparing.compareTo(AGE) > 0 ? sparing : AGE);
        }
        return recent;
    }
}
