package dev.ecgfhir.routes;

import dev.ecgfhir.ledger.Claim;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.slf4j.MDC;

/**
 * The row that an exchange works on.
 *
 * @param claim the right to it
 * @param begun when the work began
 */
record Claimed(Claim claim, Instant begun) {
    /** Exchange property that holds it; absent if there was no work. */
    static final String PROPERTY = "EcgFhirClaimed";

    /**
     * Key of the logging context that holds the ledger's row: it follows one ECG through all steps, and through all nodes of a ledger. The
     * context belongs to a thread, and delivery goes on in a thread of the FHIR client's.
     */
    private static final String LOGGED = "ecg";

    /** Lets the lines that this thread logs from now on name the row. */
    void log() {
        MDC.put(LOGGED, String.valueOf(claim.entry().id()));
    }

    /** Ends that. */
    static void logNone() {
        MDC.remove(LOGGED);
    }

    static Claimed of(Exchange exchange) {
        Claimed claimed = exchange.getProperty(PROPERTY, Claimed.class);
        if (claimed == null) {
            throw new IllegalStateException("the exchange has claimed no row");
        }
        return claimed;
    }
}
