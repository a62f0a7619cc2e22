package dev.ecgfhir.routes;

import java.time.Duration;

/**
 * How ECGs are joined whose leads are one Observation each.
 *
 * @param tolerance how far the times of the Observations may lie from that of the first one, 0..1 min
 * @param waiting how long an ECG waits for leads that are missing, at least 10 ms
 */
public record JoinConfig(Duration tolerance, Duration waiting) {
    /** Checks the ranges. */
    public JoinConfig {
        if (tolerance.isNegative() || tolerance.compareTo(Duration.ofMinutes(1)) > 0 || waiting.toMillis() < 10) {
            throw new IllegalArgumentException("tolerance must be in 0 s..1 min and waiting at least 10 ms, were "
                    + tolerance + " and " + waiting);
        }
    }
}
