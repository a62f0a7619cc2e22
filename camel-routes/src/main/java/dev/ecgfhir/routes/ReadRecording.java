package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.fhir.recording.SourceReference;
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
 * cannot be read, is not ours, or is gone.
 */
final class ReadRecording implements Processor {
    private final Map<String, SourceLane> lanes;
    private final Ledger ledger;

    /**
     * Reads from sources.
     *
     * @param lanes by base address
     */
    ReadRecording(Map<String, SourceLane> lanes, Ledger ledger) {
        this.lanes = Map.copyOf(lanes);
        this.ledger = ledger;
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
        Found found = new Found(entry.resource(), entry.version(), entry.sourceUpdated());
        Optional<Observation> observation = lane.source().read(found);
        lane.pause().succeeded();
        if (observation.isEmpty()) {
            ledger.ignored(
                    claim,
                    RouteReason.SUPERSEDED.name(),
                    "the source no longer has this version: it was deleted, or a newer one has replaced it");
            return;
        }
        ReadOutcome outcome = lane.reader()
                .read(
                        observation.get(),
                        new SourceReference(entry.source(), Optional.of(entry.resource()), found.versionId()));
        if (outcome instanceof ReadOutcome.Read read) {
            exchange.getMessage().setBody(read.recording());
        } else if (outcome instanceof ReadOutcome.Refused refused) {
            ledger.refused(claim, refused.reason().name(), refused.element() + ": " + refused.detail());
        } else if (outcome instanceof ReadOutcome.Ignored ignored) {
            ledger.ignored(claim, ignored.reason().name(), ignored.detail());
        } else {
            throw new IllegalStateException("unknown outcome " + outcome.getClass());
        }
    }
}
