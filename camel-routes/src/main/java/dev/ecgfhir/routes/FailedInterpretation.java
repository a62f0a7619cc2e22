package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.recording.RefusalReason;
import dev.ecgfhir.fhir.source.SourceException;
import dev.ecgfhir.inference.BusyException;
import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.ledger.Claim;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what a failure on the way from source to outbox means for the row: it waits, or is given up. Never lost, never silent. */
final class FailedInterpretation implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(FailedInterpretation.class);

    /** These speak against the device, not against the ECG. */
    private static final Set<EngineException.Reason> NOT_THE_ROW = EnumSet.of(
            EngineException.Reason.DEVICE_LOST,
            EngineException.Reason.OUT_OF_DEVICE_MEMORY,
            EngineException.Reason.ENGINE_UNAVAILABLE,
            EngineException.Reason.NATIVE_LIBRARY_IN_USE,
            EngineException.Reason.DEVICE_UNAVAILABLE);

    private final Map<String, SourceLane> lanes;
    private final Ledger ledger;
    private final RowFailures rows;
    private final boolean again;

    /**
     * Decides for rows of some sources.
     *
     * @param lanes by base address
     * @param again true if whatever gave the work shall give it again where the ledger does not answer; else the lease's end does
     */
    FailedInterpretation(
            Map<String, SourceLane> lanes, Ledger ledger, RetryConfig retries, Clock clock, boolean again) {
        this.again = again;
        this.lanes = Map.copyOf(lanes);
        this.ledger = ledger;
        this.rows = new RowFailures(ledger, retries, clock);
    }

    @Override
    public void process(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Claimed claimed = exchange.getProperty(Claimed.PROPERTY, Claimed.class);
        if (claimed == null || failure instanceof LedgerException) {
            LOG.error("interpreting: {}; what was in work is taken up again when its lease ends", failure.toString());
            if (again) {
                throw new IllegalStateException(
                        "the ledger does not answer; the same message must come again", failure);
            }
        } else if (failure instanceof SourceException source) {
            ofSource(claimed, source);
        } else if (failure instanceof BusyException busy) {
            rows.postpone(claimed.claim(), RouteReason.NETWORK_BUSY, String.valueOf(busy.getMessage()));
        } else if (failure instanceof EngineException engine && NOT_THE_ROW.contains(engine.reason())) {
            rows.postpone(claimed.claim(), RouteReason.NETWORK_UNAVAILABLE, String.valueOf(engine.getMessage()));
        } else {
            rows.failed(claimed.claim(), RouteReason.INTERNAL_ERROR, Failures.describe(failure));
        }
    }

    private void ofSource(Claimed claimed, SourceException failure) {
        Claim claim = claimed.claim();
        String detail = String.valueOf(failure.getMessage()); // without the server's own words
        if (failure.reason() == SourceException.Reason.TOO_LARGE) {
            ledger.refused(
                    claim,
                    RefusalReason.TOO_LONG.name(),
                    detail + "; expected fewer, or a higher limit for this source");
            return;
        }
        boolean forbidden = failure.reason() == SourceException.Reason.NOT_ALLOWED;
        SourceLane lane = lanes.get(claim.entry().source());
        if (lane == null || !(failure.retryable() || forbidden)) {
            rows.failed(claim, RouteReason.SOURCE_REJECTED, detail);
            return;
        }
        RouteReason reason = forbidden ? RouteReason.SOURCE_NOT_ALLOWED : RouteReason.SOURCE_UNAVAILABLE;
        Instant next = lane.pause().failed(claimed.begun(), failure.retryAfter());
        LOG.warn("{}; {} until {}", detail, reason, next);
        ledger.postpone(claim, reason.name(), detail, next);
    }
}
