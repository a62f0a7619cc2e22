package dev.ecgfhir.routes;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Whether a server is being left in peace after failures: its circuit breaker. Open while the pause lasts; then one caller at a time may
 * try, until one succeeds. Safe to share between threads.
 *
 * <p>Failures of calls that began before the latest one was noted do not lengthen the pause: eight workers that run into the same
 * outage are one failure.
 */
final class Pause {
    /** A server that asks for more is asked again after this, so that a mistaken header cannot stop a feed for good. */
    private static final Duration LONGEST_REQUEST = Duration.ofHours(1);

    private final RetryConfig retries;
    private final Clock clock;
    private int failures;
    private Instant noted = Instant.MIN;
    private Instant until = Instant.MIN;
    private Instant probing = Instant.MIN;

    Pause(RetryConfig retries, Clock clock) {
        this.retries = retries;
        this.clock = clock;
    }

    /** Tells whether the server may be asked now, as far as can be known without asking. */
    synchronized boolean isOver() {
        return !clock.instant().isBefore(until);
    }

    /**
     * Asks for leave to call the server now. After failures only one caller gets it, and the next one when that one has failed or
     * succeeded, or after the first pause, should it never have called.
     */
    synchronized boolean mayCall() {
        Instant now = clock.instant();
        if (now.isBefore(until) || now.isBefore(probing)) {
            return false;
        }
        if (failures > 0) {
            probing = now.plus(retries.first());
        }
        return true;
    }

    /** Returns when it is worth asking for leave again. */
    synchronized Instant next() {
        Instant soon = clock.instant().plus(retries.first());
        return until.isAfter(soon) ? until : soon;
    }

    /** Returns how many failures there were since the last success. */
    synchronized int failures() {
        return failures;
    }

    synchronized void succeeded() {
        failures = 0;
        until = Instant.MIN;
        probing = Instant.MIN;
    }

    /**
     * Notes a failure.
     *
     * @param begun when the call began
     * @param requested what the server asks for by Retry-After
     * @return when the server may be asked again
     */
    synchronized Instant failed(Instant begun, Optional<Duration> requested) {
        Instant now = clock.instant();
        if (begun.isAfter(noted) || failures == 0) {
            failures++;
            noted = now;
            Instant ours =
                    now.plus(retries.pause(failures, ThreadLocalRandom.current().nextDouble()));
            until = ours.isAfter(until) ? ours : until;
        }
        Duration asked = requested.orElse(Duration.ZERO);
        Instant theirs = now.plus(asked.compareTo(LONGEST_REQUEST) > 0 ? LONGEST_REQUEST : asked);
        until = theirs.isAfter(until) ? theirs : until;
        return until;
    }
}
