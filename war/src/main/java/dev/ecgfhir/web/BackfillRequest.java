package dev.ecgfhir.web;

import dev.ecgfhir.ledger.BackfillOrder;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code backfill start} sends to the server. Absent is null.
 *
 * @param source name of the source
 * @param kind SEARCH or EXPORT
 * @param from instant
 * @param until instant
 * @param rate most new ECGs a minute; 0 for that of the settings
 */
public record BackfillRequest(
        String source,
        String kind,
        @Nullable String from,
        @Nullable String until,
        int rate) {
    /**
     * Returns what the ledger is asked for.
     *
     * @throws IllegalArgumentException if it makes no sense; the message says what is wrong
     */
    public BackfillOrder toOrder() {
        return new BackfillOrder(source, BackfillOrder.Kind.valueOf(kind), instant(from), instant(until), rate);
    }

    private static Optional<Instant> instant(@Nullable String text) {
        return Optional.ofNullable(text).map(Instant::parse);
    }
}
