package dev.ecgfhir.routes;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether a server can be worked with just now, for people and health checks.
 *
 * @param name name of the source or target; {@code kafka}
 * @param url base address
 * @param kind what it is to us
 * @param paused true while it is left in peace after failures
 * @param failures failures in a row since the last success
 * @param poller for a source, who polls it
 */
public record Lane(String name, String url, Kind kind, boolean paused, int failures, Optional<Poller> poller) {
    /**
     * Which of the nodes over the ledger polls a source.
     *
     * @param node its name; empty if nobody is known to
     * @param here true if it is this one
     * @param looked when its latest look at the source began that found everything; known only where it is this one
     */
    public record Poller(Optional<String> node, boolean here, Optional<Instant> looked) {}

    /** Which way the data goes. */
    public enum Kind {
        /** Recordings come from it. */
        SOURCE,
        /** Reports go to it. */
        TARGET,
        /** It carries work between nodes. */
        BROKER
    }
}
