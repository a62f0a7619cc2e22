package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.source.Cursor;
import dev.ecgfhir.fhir.source.Found;
import dev.ecgfhir.fhir.source.SourceException;
import dev.ecgfhir.ledger.Discovery;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.Priority;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once what a source has that is new, and gives each version a row. The cursor is stored after the rows: whatever breaks off in
 * between is seen again. A source that fails is left in peace for a while; its failure is nobody else's.
 */
final class Poll implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(Poll.class);

    private final SourceLane lane;
    private final Ledger ledger;
    private final Clock clock;

    Poll(SourceLane lane, Ledger ledger, Clock clock) {
        this.lane = lane;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        if (!lane.pause().isOver()) {
            return;
        }
        Instant begun = clock.instant();
        try {
            poll();
            if (lane.pause().failures() > 0) {
                LOG.info("source {} answers again", lane.config().name());
            }
            lane.pause().succeeded();
        } catch (SourceException e) {
            Instant next = lane.pause().failed(begun, e.retryAfter());
            LOG.warn("source {}: {} ({}); asking again at {}", lane.config().name(), e.getMessage(), e.reason(), next);
        } catch (RuntimeException e) {
            Instant next = lane.pause().failed(begun, Optional.empty());
            LOG.error("source {}: {}; polling again at {}", lane.config().name(), Failures.describe(e), next);
        }
    }

    private void poll() {
        String base = lane.source().base();
        Cursor from = ledger.cursor(base).map(Cursor::parse).orElseGet(Cursor::start);
        Cursor to = lane.source().poll(from, page -> ledger.discover(base, discoveries(page)));
        if (!to.equals(from)) {
            ledger.saveCursor(base, to.text());
        }
    }

    private static List<Discovery> discoveries(List<Found> page) {
        return page.stream()
                .map(found -> new Discovery(found.resource(), found.version(), found.lastUpdated(), Priority.ROUTINE))
                .toList();
    }
}
