package dev.ecgfhir.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * What a backfill is asked for.
 *
 * @param source name of the source, 1..100 characters
 * @param kind how the archive is read
 * @param from for a search, recorded at or after this instant; for an export, written since; empty for all that the export has
 * @param until for a search, recorded before this instant; empty for an export
 * @param rate most new ECGs a minute; 0 for no limit
 */
public record BackfillOrder(String source, Kind kind, Optional<Instant> from, Optional<Instant> until, int rate) {
    /** How an archive is read. */
    public enum Kind {
        /** By searches for stretches of time. */
        SEARCH,
        /** By FHIR Bulk Data export. */
        EXPORT
    }

    /** Checks that it makes sense. */
    public BackfillOrder {
        if (source.isEmpty() || source.length() > 100) {
            throw new IllegalArgumentException("a source's name must have 1..100 characters, had " + source.length());
        }
        if (rate < 0) {
            throw new IllegalArgumentException("rate must be 0 or more ECGs a minute, was " + rate);
        }
        if (kind == Kind.SEARCH) {
            if (from.isEmpty() || until.isEmpty() || !from.get().isBefore(until.get())) {
                throw new IllegalArgumentException("a backfill by search needs a time from and a later one until, had "
                        + text(from) + " and " + text(until));
            }
        } else if (until.isPresent()) {
            throw new IllegalArgumentException("an export has no end, was asked for one at " + text(until));
        }
    }

    /** Returns a search for what was recorded in a stretch of time. */
    public static BackfillOrder search(String source, Instant from, Instant until) {
        return new BackfillOrder(source, Kind.SEARCH, Optional.of(from), Optional.of(until), 0);
    }

    /** Returns an export of everything. */
    public static BackfillOrder export(String source) {
        return new BackfillOrder(source, Kind.EXPORT, Optional.empty(), Optional.empty(), 0);
    }

    /** Returns the same with at most so many new ECGs a minute. */
    public BackfillOrder at(int ecgsAMinute) {
        return new BackfillOrder(source, kind, from, until, ecgsAMinute);
    }

    private static String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse("none");
    }
}
