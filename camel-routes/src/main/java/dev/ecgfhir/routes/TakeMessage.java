package dev.ecgfhir.routes;

import dev.ecgfhir.ledger.Claim;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.Publications;
import dev.ecgfhir.routes.kafka.WorkMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims the row that a message names. None where the message is not ours, comes a second time or late; and none where the row's source is
 * left in peace: then the row waits, and is sent again.
 */
final class TakeMessage {
    private static final Logger LOG = LoggerFactory.getLogger(TakeMessage.class);

    private final SourceLane lane;
    private final Ledger ledger;
    private final Publications publications;
    private final Duration lease;

    TakeMessage(SourceLane lane, Ledger ledger, WorkConfig work) {
        this.lane = lane;
        this.ledger = ledger;
        this.publications = ledger.publications();
        this.lease = work.lease();
    }

    List<Claim> claims(Exchange exchange) {
        Optional<WorkMessage> read = WorkMessage.parse(exchange.getMessage().getBody(String.class));
        if (read.isEmpty() || !read.get().source().equals(lane.config().name())) {
            LOG.error(
                    "a message in the topic of source {} is not one of ours and is passed over; whoever else writes to it must not",
                    lane.config().name());
            return List.of();
        }
        WorkMessage message = read.get();
        Optional<Claim> claim = publications.take(
                message.row(), lane.source().base(), message.resource(), message.version(), message.ticket(), lease);
        if (claim.isEmpty()) {
            LOG.debug("row {} has gone on or is another worker's", message.row());
            return List.of();
        }
        if (!lane.pause().mayCall()) {
            ledger.postpone(
                    claim.get(),
                    RouteReason.SOURCE_UNAVAILABLE.name(),
                    "source " + lane.config().name() + " is left in peace after failures",
                    lane.pause().next());
            return List.of();
        }
        return List.of(claim.get());
    }
}
