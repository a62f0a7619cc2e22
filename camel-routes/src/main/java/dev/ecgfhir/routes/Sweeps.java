package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.source.Cursor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When the slower repetition of a source's search is due, and where it begins.
 *
 * <p>A row bears the time at which its transaction began and is visible when it ends. Each poll goes back by an overlap of seconds, which
 * a long transaction outlasts. So everything is read again in sweeps, one each interval, each from where the search stood at the sweep
 * before the last one. A row that becomes visible within one interval of its stamp is found: let it be visible between the sweeps at
 * t(n-1) and t(n); then its stamp is later than t(n-1) - interval, which is not before t(n-2), and the search stood at t(n-2) at most.
 * The price is bounded: each row's id is read about twice more, however many rows there are.
 *
 * @param at when the latest sweep was, by our clock, which only says when the next one is due
 * @param older where the search stood at the sweep before; the next one begins here
 * @param newer where the search stood at the latest sweep
 */
record Sweeps(Instant at, Cursor older, Cursor newer) {
    static final String FEED = "sweep";
    private static final String SEPARATOR = " ";

    /** Returns the state of a source that was just read for the first time. */
    static Sweeps first(Instant now, Cursor search, Duration interval) {
        return new Sweeps(now, new Cursor(search.watermark().map(watermark -> watermark.minus(interval))), search);
    }

    boolean isDue(Instant now, Duration interval) {
        return !now.isBefore(at.plus(interval)) || now.isBefore(at);
    }

    /** Returns the state after a sweep. */
    Sweeps next(Instant now, Cursor search) {
        return new Sweeps(now, newer, search);
    }

    String text() {
        return at + SEPARATOR + older.text() + SEPARATOR + newer.text();
    }

    /** Reads what {@link #text()} wrote; empty for anything else, which only makes the next sweep the first one again. */
    static Optional<Sweeps> parse(String text) {
        String[] parts = text.split(SEPARATOR, -1);
        try {
            return parts.length == 3
                    ? Optional.of(new Sweeps(Instant.parse(parts[0]), Cursor.parse(parts[1]), Cursor.parse(parts[2])))
                    : Optional.empty();
        } catch (java.time.DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
