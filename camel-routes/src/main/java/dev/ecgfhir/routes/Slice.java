package dev.ecgfhir.routes;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time of an archive that is read by one search. The length follows what is found: long where there is little, short where
 * there is much, so that its pages do not expire and little is read again after a kill.
 *
 * @param from begins
 * @param length lasts
 */
record Slice(Instant from, Duration length) {
    private static final Duration FIRST = Duration.ofDays(7);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int MANY = 2000;
    private static final int FEW = 500;

    /** Reads a cursor; an empty one is the beginning. */
    static Slice parse(String cursor, Instant beginning) {
        if (cursor.isEmpty()) {
            return new Slice(beginning, FIRST);
        }
        String[] parts = cursor.split(" ", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException(
                    "the cursor of a search must be an instant and a duration, was '" + cursor + "'");
        }
        return new Slice(Instant.parse(parts[0]), Duration.parse(parts[1]));
    }

    String cursor() {
        return from + " " + length;
    }

    /** Returns its end, not after that of the whole. */
    Instant until(Instant end) {
        Instant own = from.plus(length);
        return own.isBefore(end) ? own : end;
    }

    /** Returns the slice after this one, in which so many ECGs were. */
    Slice next(int found) {
        Duration following = length;
        if (found > MANY) {
            following = shorter().length;
        } else if (found < FEW) {
            following = length.multipliedBy(2);
        }
        return new Slice(from.plus(length), following.compareTo(LONGEST) > 0 ? LONGEST : following);
    }

    /** Returns the first half of this one. */
    Slice shorter() {
        Duration half = length.dividedBy(2);
        return new Slice(from, half.compareTo(SHORTEST) < 0 ? SHORTEST : half);
    }
}
