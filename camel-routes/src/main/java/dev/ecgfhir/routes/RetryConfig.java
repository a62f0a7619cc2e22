package dev.ecgfhir.routes;

import java.time.Duration;

/**
 * How often and after which pauses something is tried again. A pause doubles with each failure in a row, from the first to the longest,
 * and is lengthened by up to a fifth at random, so that not all who wait come back at once.
 *
 * @param first pause after the first failure
 * @param longest longest pause of our own; what a server asks for by Retry-After may be longer
 * @param maximumFailures failures of one row after which it is given up, 1..1000; only what speaks against the row counts, never a server
 *     that cannot be reached
 */
public record RetryConfig(Duration first, Duration longest, int maximumFailures) {
    private static final int MOST_DOUBLINGS = 40;

    /** Checks the ranges. */
    public RetryConfig {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "pauses must be more than 0 and the longest not shorter than the first, were " + first + " and "
                            + longest);
        }
        if (maximumFailures < 1 || maximumFailures > 1000) {
            throw new IllegalArgumentException("maximumFailures must be in 1..1000, was " + maximumFailures);
        }
    }

    /** Returns 1 s, doubling up to 5 min; 5 failures. */
    public static RetryConfig defaults() {
        return new RetryConfig(Duration.ofSeconds(1), Duration.ofMinutes(5), 5);
    }

    /**
     * Returns the pause after so many failures in a row.
     *
     * @param failures 1 or more
     * @param random 0..1, what lengthens it
     */
    Duration pause(int failures, double random) {
        double millis = (double) first.toMillis() * Math.pow(2, Math.min(failures - 1, MOST_DOUBLINGS));
        double bounded = Math.min(millis, (double) longest.toMillis());
        return Duration.ofMillis(Math.round(bounded * (1 + 0.2 * random)));
    }
}
