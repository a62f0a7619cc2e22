package dev.ecgfhir.inference;

import java.time.Duration;

/** Inputs were not scored because others were before them. Nothing is wrong with them; trying again helps. */
public final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final Duration retryAfter;

    /**
     * Makes the exception.
     *
     * @param reason stable code
     * @param message says what was full or late
     * @param retryAfter when a place can be expected
     */
    public BusyException(Reason reason, String message, Duration retryAfter) {
        super(message);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /** Returns the stable code. */
    public Reason reason() {
        return reason;
    }

    /** Returns when a place can be expected, at least 1 s. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** Stable codes; never re-used for another meaning. */
    public enum Reason {
        /** As many inputs wait as may wait. */
        QUEUE_FULL,
        /** The caller's patience ended first. */
        NOT_IN_TIME,
        /** The waiting thread was interrupted. */
        INTERRUPTED
    }
}
