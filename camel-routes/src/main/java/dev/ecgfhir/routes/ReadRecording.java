package dev.ecgfhir.routes;

import dev.ecgfhir.component.EcgFounderConstants;
import dev.ecgfhir.fhir.recording.IgnoreReason;
import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.fhir.recording.SourceReference;
import dev.ecgfhir.fhir.report.Withdrawal;
import dev.ecgfhir.fhir.source.Found;
import dev.ecgfhir.ledger.Claim;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerEntry;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.hl7.fhir.r4.model.Observation;

/**
 * Reads the claimed version from its source and decodes it. The body becomes the recording; or null, if the row has ended because it
 * cannot be read, is not ours, or is gone, and if the ECG was withdrawn on its source.
 */
final class ReadRecording implements Processor {
    private final Map<String, SourceLane> lanes;
    private final Ledger ledger;
    private final Withdrawals withdrawals;
    private final Joining joining;

    /**
     * Reads from sources.
     *
     * @param lanes by base address
     * @param withdrawals what becomes of an ECG that its source has withdrawn
     * @param joining what becomes of an ECG whose leads are one Observation each
     */
    ReadRecording(Map<String, SourceLane> lanes, Ledger ledger, Withdrawals withdrawals, Joining joining) {
        this.lanes = Map.copyOf(lanes);
        this.ledger = ledger;
        this.withdrawals = withdrawals;
        this.joining = joining;
    }

    @Override
    public void process(Exchange exchange) {
        Claim claim = Claimed.of(exchange).claim();
        LedgerEntry entry = claim.entry();
        SourceLane lane = lanes.get(entry.source());
        if (lane == null) {
            throw new IllegalStateException("a row of " + entry.source() + " was claimed, which is no source");
        }
        exchange.getMessage().setBody(null);
        if (withdrawals.waits(claim) || joining.lead(exchange, claim, lane)) {
            return;
        }
        Found found = new Found(entry.resource(), entry.version(), entry.sourceUpdated());
        Optional<Observation> observation = lane.source().read(found);
        boolean deleted = observation.isEmpty() && lane.source().isDeleted(found);
        lane.pause().succeeded();
        if (deleted) {
            withdrawals.order(
                    claim,
                    lane,
                    Withdrawal.Cause.DELETED,
                    RouteReason.SUPERSEDED.name(),
                    "the ECG was deleted on the source; there was no report of it");
        } else if (observation.isEmpty()) {
            joining.leave(claim, lane);
            ledger.ignored(
                    claim,
                    RouteReason.SUPERSEDED.name(),
                    "the source no longer has this version: a newer one has replaced it");
        } else {
            decode(exchange, claim, lane, observation.get(), found);
        }
    }

    private void decode(Exchange exchange, Claim claim, SourceLane lane, Observation observation, Found found) {
        LedgerEntry entry = claim.entry();
        ReadOutcome outcome = lane.reader()
                .read(
                        observation,
                        new SourceReference(entry.source(), Optional.of(entry.resource()), found.versionId()));
        if (outcome instanceof ReadOutcome.Read read) {
            if (!joining.place(claim, lane, observation, read.recording(), withdrawals)) {
                exchange.getMessage().setBody(read.recording());
                exchange.getMessage().setHeader(EcgFounderConstants.URGENCY, Joining.urgency(entry));
            }
        } else if (outcome instanceof ReadOutcome.Refused refused) {
            joining.leave(claim, lane);
            ledger.refused(claim, refused.reason().name(), refused.element() + ": " + refused.detail());
        } else if (outcome instanceof ReadOutcome.Ignored ignored
                && ignored.reason() == IgnoreReason.STATUS
                && observation.getStatus() == Observation.ObservationStatus.ENTEREDINERROR) {
            withdrawals.order(
                    claim,
                    lane,
                    Withdrawal.Cause.ENTERED_IN_ERROR,
                    ignored.reason().name(),
                    ignored.detail());
        } else if (outcome instanceof ReadOutcome.Ignored ignored) {
            joining.leave(claim, lane);
            ledger.ignored(claim, ignored.reason().name(), ignored.detail());
        } else {
            throw new IllegalStateException("unknown outcome " + outcome.getClass());
        }
    }
}
