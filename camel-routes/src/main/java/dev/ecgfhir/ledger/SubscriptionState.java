package dev.ecgfhir.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * How a subscription on a source stands.
 *
 * @param source the source's base address
 * @param asked tells what was asked for
 * @param secret what notifications carry
 * @param resourceId its id on the source; empty before the source has answered
 * @param standing what the source says of it
 * @param endsAt when it ends unless it is renewed
 * @param lookAt when to look after it next
 * @param lastEvent the highest event number that came
 * @param heardAt when it came into force or something came last
 * @param wishes how often a search was asked for
 * @param fulfilled how many of these wishes are fulfilled
 */
public record SubscriptionState(
        String source,
        String asked,
        String secret,
        Optional<String> resourceId,
        Standing standing,
        Instant endsAt,
        Instant lookAt,
        long lastEvent,
        Instant heardAt,
        long wishes,
        long fulfilled) {
    /** What the source says of a subscription. */
    public enum Standing {
        /** Asked for, not in force yet. */
        REQUESTED,
        /** In force. */
        ACTIVE,
        /** The source could not reach us. */
        ERROR,
        /** The source has ended it. */
        OFF,
        /** The source does not give one. */
        REFUSED
    }

    /** Tells whether a search is asked for. */
    public boolean searchIsWished() {
        return wishes > fulfilled;
    }

    @Override
    public String toString() {
        return "SubscriptionState[source=" + source + ", secret=[redacted], standing=" + standing + "]";
    }
}
