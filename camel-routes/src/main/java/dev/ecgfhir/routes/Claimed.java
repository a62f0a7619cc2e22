package dev.ecgfhir.routes;

import dev.ecgfhir.ledger.Claim;
import java.time.Instant;
import org.apache.camel.Exchange;

/**
 * The row that an exchange works on.
 *
 * @param claim the right to it
 * @param begun when the work began
 */
record Claimed(Claim claim, Instant begun) {
    /** Exchange property that holds it; absent if there was no work. */
    static final String PROPERTY = "EcgFhirClaimed";

    static Claimed of(Exchange exchange) {
        Claimed claimed = exchange.getProperty(PROPERTY, Claimed.class);
        if (claimed == null) {
            throw new IllegalStateException("the exchange has claimed no row");
        }
        return claimed;
    }
}
