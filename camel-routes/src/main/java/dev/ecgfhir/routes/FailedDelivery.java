package dev.ecgfhir.routes;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import dev.ecgfhir.fhir.report.TargetException;
import dev.ecgfhir.fhir.source.HttpFailure;
import dev.ecgfhir.ledger.Claim;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerException;
import java.time.Clock;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a failed delivery means for the row: it waits, or is given up. Its report stays in the outbox in either case.
 *
 * <p>No answer, 408, 425, 429, 5xx, 401 and 403 are the target's state and not the report's: the whole target is left in peace. So is a 404
 * that is no FHIR answer: a container or gateway gives it while the server is deployed anew. 409 and 412 are a conflict over one report,
 * which is prepared anew, and given up where that does not end. Any other 4xx is this report's
 * end, after a second try.
 */
final class FailedDelivery implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(FailedDelivery.class);
    private static final int MOST_CAUSES = 20;

    private final TargetLane lane;
    private final Ledger ledger;
    private final RowFailures rows;

    FailedDelivery(TargetLane lane, Ledger ledger, RetryConfig retries, Clock clock) {
        this.lane = lane;
        this.ledger = ledger;
        this.rows = new RowFailures(ledger, retries, clock);
    }

    @Override
    public void process(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Claimed claimed = exchange.getProperty(Claimed.PROPERTY, Claimed.class);
        if (claimed == null || failure instanceof LedgerException) {
            LOG.error(
                    "delivering to {}: {}; what was in work is taken up again when its lease ends",
                    lane.config().name(),
                    failure.toString());
            return;
        }
        claimed.log();
        HttpFailure meaning = HttpFailure.of(failure);
        int status = meaning.status().orElse(0);
        String detail = "target " + lane.config().name() + ": " + meaning.text();
        Claim claim = claimed.claim();
        if (status == 409 || status == 412) {
            rows.failed(claim, RouteReason.TARGET_CONFLICT, detail);
        } else if (status == 401 || status == 403) {
            leaveInPeace(claimed, RouteReason.TARGET_NOT_ALLOWED, detail, meaning);
        } else if (meaning.retryable() || isNoFhirServer(failure)) {
            leaveInPeace(claimed, RouteReason.TARGET_UNAVAILABLE, detail, meaning);
        } else if (status >= 400 && status < 600) {
            rejected(claim, detail);
        } else if (failure instanceof TargetException target) {
            rows.failed(claim, RouteReason.TARGET_REJECTED, String.valueOf(target.getMessage()));
        } else {
            rows.failed(claim, RouteReason.INTERNAL_ERROR, Failures.describe(failure));
        }
    }

    /** What was known of the target may be out of date, since it was restored or upgraded: so the report gets a second try that asks anew. */
    private void rejected(Claim claim, String detail) {
        lane.sink().forget();
        if (claim.entry().failures() < 2) {
            rows.failed(claim, RouteReason.TARGET_REJECTED, detail);
            return;
        }
        LOG.error("{}: {}; given up as {}", claim.entry().name(), detail, RouteReason.TARGET_REJECTED);
        ledger.dead(claim, RouteReason.TARGET_REJECTED.name(), detail);
    }

    private static boolean isNoFhirServer(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (cause instanceof ResourceNotFoundException answer) {
                return answer.getOperationOutcome() == null;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private void leaveInPeace(Claimed claimed, RouteReason reason, String detail, HttpFailure meaning) {
        Instant next = lane.pause()
                .failed(
                        claimed.begun(),
                        meaning.retryAfter().or(lane.sink()::retryAfter)); // a transaction's own exception drops it
        LOG.warn("{}; {} until {}", detail, reason, next);
        ledger.postpone(claimed.claim(), reason.name(), detail, next);
    }
}
