package dev.ecgfhir.routes;

import dev.ecgfhir.ledger.Claim;
import dev.ecgfhir.ledger.Ledger;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims the next row for an exchange, and wakes a colleague if there was one: there may be more. So a queue of wake-ups that holds
 * one message for each worker keeps all of them busy for as long as there is work, and none looks when there is none.
 */
final class ClaimNext implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimNext.class);

    private final Function<Exchange, List<Claim>> claims;
    private final Runnable wakeColleague;
    private final Ledger ledger;
    private final int maximumFailures;
    private final Clock clock;

    /**
     * Claims rows of one kind.
     *
     * @param claims at most one row; none where nothing may be done now
     */
    ClaimNext(
            Function<Exchange, List<Claim>> claims,
            Runnable wakeColleague,
            Ledger ledger,
            RetryConfig retries,
            Clock clock) {
        this.claims = claims;
        this.wakeColleague = wakeColleague;
        this.ledger = ledger;
        this.maximumFailures = retries.maximumFailures();
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        Claimed.logNone();
        if (exchange.getContext().isStopping()) {
            return; // what is in work ends; nothing new is begun
        }
        for (Claim claim : claims.apply(exchange)) {
            Claimed claimed = new Claimed(claim, clock.instant());
            claimed.log();
            wakeColleague.run();
            if (claim.entry().failures() > maximumFailures) {
                giveUp(claim);
            } else {
                exchange.setProperty(Claimed.PROPERTY, claimed);
            }
        }
    }

    /** A row whose workers died one after the other, so that nobody could note a failure: it may be what kills them. */
    private void giveUp(Claim claim) {
        String detail = maximumFailures + " attempts ended without a result; the last one did not even fail";
        LOG.error("{}: {}; giving it up as {}", claim.entry().name(), detail, RouteReason.INTERNAL_ERROR);
        ledger.dead(claim, RouteReason.INTERNAL_ERROR.name(), detail);
    }
}
