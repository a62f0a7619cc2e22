package dev.ecgfhir.inference.batching;

import java.time.Duration;
import java.util.Optional;

/**
 * How callers of one model are brought together.
 *
 * @param batchSize most inputs of one forward pass, 1..256; empty: what the engine prefers
 * @param window longest time that an input waits for others to join its pass, where a fuller pass is worth it
 * @param queueSize most inputs that wait, 4..100000; a quarter of the places is the backlog's
 */
public record BatchingConfig(Optional<Integer> batchSize, Duration window, int queueSize) {
    /** Checks the ranges. */
    public BatchingConfig {
        if (batchSize.isPresent() && (batchSize.get() < 1 || batchSize.get() > 256)) {
            throw new IllegalArgumentException("batchSize must be in 1..256, was " + batchSize.get());
        }
        if (window.isNegative()) {
            throw new IllegalArgumentException("window must not be negative, was " + window);
        }
        if (queueSize < 4 || queueSize > 100_000) {
            throw new IllegalArgumentException("queueSize must be in 4..100000, was " + queueSize);
        }
    }

    /** Returns the engine's own batch size, a window of 5 ms and 256 places. */
    public static BatchingConfig defaults() {
        return new BatchingConfig(Optional.empty(), Duration.ofMillis(5), 256);
    }
}
