package dev.ecgfhir.inference;

import java.time.Duration;
import java.util.Optional;

/**
 * How a caller waits for its inputs to be scored.
 *
 * @param urgency who goes first
 * @param waitsForPlace true if the caller waits while the queue is full, false if it is refused then
 * @param patience longest wait until the scores are there; empty: as long as it takes
 */
public record Turn(Urgency urgency, boolean waitsForPlace, Optional<Duration> patience) {
    /** Checks the range. */
    public Turn {
        if (patience.isPresent() && patience.get().isNegative()) {
            throw new IllegalArgumentException("patience must not be negative, was " + patience.get());
        }
    }

    /**
     * Returns the turn of a request: live, refused at once when the queue is full.
     *
     * @param patience longest wait
     * @return the turn
     */
    public static Turn ofRequest(Duration patience) {
        return new Turn(Urgency.LIVE, false, Optional.of(patience));
    }

    /**
     * Returns the turn of a worker, which has nothing better to do than to wait.
     *
     * @param urgency of what it works on
     * @return the turn
     */
    public static Turn ofWorker(Urgency urgency) {
        return new Turn(urgency, true, Optional.empty());
    }
}
