package dev.ecgfhir.routes;

import dev.ecgfhir.ledger.SubscriptionState;
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
 * @param told for a source that is asked to tell by itself, how its subscription stands; known only where it is polled
 */
public record Lane(
        String name,
        String url,
        Kind kind,
        boolean paused,
        int failures,
        Optional<Poller> poller,
        Optional<Told> told) {
    /**
     * Which of the nodes over the ledger polls a source.
     *
     * @param node its name; empty if nobody is known to
     * @param here true if it is this one
     * @param looked when its latest look at the source began that found everything; known only where it is this one
     */
    public record Poller(Optional<String> node, boolean here, Optional<Instant> looked) {}

    /**
     * How the subscription on a source stands.
     *
     * @param standing what the source says of it
     * @param silent true if it is in force and the heartbeats that it promises do not come
     * @param heardAt when it came into force or something came last
     */
    public record Told(SubscriptionState.Standing standing, boolean silent, Instant heardAt) {
        /** Tells whether the source can be relied on to tell what is new. */
        public boolean inForce() {
            return standing == SubscriptionState.Standing.ACTIVE && !silent;
        }
    }

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
