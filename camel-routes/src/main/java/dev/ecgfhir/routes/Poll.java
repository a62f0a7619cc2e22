package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.source.Cursor;
import dev.ecgfhir.fhir.source.Found;
import dev.ecgfhir.fhir.source.SourceException;
import dev.ecgfhir.ledger.Discovery;
import dev.ecgfhir.ledger.Feeds;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.Priority;
import dev.ecgfhir.ledger.SubscriptionState;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once what a source has that is new, and gives each version a row: by its search; where that is due, by the search from further
 * back ({@link Sweeps}); and by its history for what was deleted. Each cursor is stored after its rows: whatever breaks off in between is
 * seen again. Where the source tells by a subscription what is new ({@link Subscribed}), it is searched more seldom. A source that fails is left in peace for a while; its failure is nobody else's.
 *
 * <p>Of several nodes over one ledger one polls a source at a time. A node that was cut off and goes on where another has taken over
 * finds rows that are there already, and its cursors are refused.
 */
final class Poll implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(Poll.class);
    private static final String DELETIONS = "deletions";

    private final SourceLane lane;
    private final Subscribed subscribed;
    private final Ledger ledger;
    private final Clock clock;
    private Instant deletionsRead = Instant.MIN;

    Poll(SourceLane lane, Subscribed subscribed, Ledger ledger, Clock clock) {
        this.lane = lane;
        this.subscribed = subscribed;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public synchronized void process(Exchange exchange) {
        if (!onDuty() || !lane.pause().mayCall()) {
            return;
        }
        Instant begun = clock.instant();
        try {
            Optional<SubscriptionState> subscription = subscribed.tend();
            if (subscribed.searchIsDue(subscription) || lane.pause().failures() > 0) {
                sweep(search());
                subscribed.searched(subscription, begun);
                lane.watch().looked(begun);
            }
            if (lane.pause().failures() > 0) {
                LOG.info("source {} answers again", lane.config().name());
            }
            lane.pause().succeeded();
            deletions();
        } catch (RelievedException e) {
            LOG.info("source {}: another node polls it now", lane.config().name());
        } catch (SourceException e) {
            Instant next = lane.pause().failed(begun, e.retryAfter());
            LOG.warn("source {}: {} ({}); asking again at {}", lane.config().name(), e.getMessage(), e.reason(), next);
        } catch (RuntimeException e) {
            Instant next = lane.pause().failed(begun, Optional.empty());
            LOG.error("source {}: {}; polling again at {}", lane.config().name(), Failures.describe(e), next);
        }
    }

    private boolean onDuty() {
        try {
            return lane.watch().isMine() || lane.watch().take();
        } catch (RuntimeException e) {
            LOG.error("source {}: {}; not polled", lane.config().name(), Failures.describe(e));
            return false;
        }
    }

    private void save(String feed, String text) {
        if (!ledger.feeds().save(lane.source().base(), feed, text, lane.watch().term())) {
            throw new RelievedException();
        }
    }

    private Cursor search() {
        String base = lane.source().base();
        Cursor from = ledger.feeds().cursor(base).map(Cursor::parse).orElseGet(this::beginning);
        Cursor to = lane.source().poll(from, this::discover);
        if (!to.equals(from)) {
            save(Feeds.SEARCH, to.text());
        }
        return to;
    }

    /** Where a source begins that was never polled. What "now" means is stored at once, so that a first poll that fails does not move it. */
    private Cursor beginning() {
        if (lane.config().archive().pollsArchive()) {
            return Cursor.start();
        }
        Cursor now = lane.source().now();
        save(Feeds.SEARCH, now.text());
        LOG.info(
                "source {}: what it has until now is left to backfills",
                lane.config().name());
        return now;
    }

    private void sweep(Cursor search) {
        String base = lane.source().base();
        Instant now = clock.instant();
        Optional<Sweeps> known = ledger.feeds().cursor(base, Sweeps.FEED).flatMap(Sweeps::parse);
        if (known.isEmpty()) {
            if (search.watermark().isPresent()) {
                Sweeps first = Sweeps.first(now, search, lane.config().sweepInterval());
                save(Sweeps.FEED, first.text());
            }
        } else if (known.get().isDue(now, lane.config().sweepInterval())) {
            int[] late = new int[1];
            lane.source().poll(known.get().older(), page -> late[0] += discover(page));
            if (late[0] > 0) {
                LOG.info(
                        "source {}: {} versions became visible later than the overlap allows; the sweep found them",
                        lane.config().name(),
                        late[0]);
            }
            save(Sweeps.FEED, known.get().next(now, search).text());
        }
    }

    private void deletions() {
        Instant now = clock.instant();
        if (lane.config().deletionsInterval().isZero()
                || now.isBefore(deletionsRead.plus(lane.config().deletionsInterval()))) {
            return;
        }
        deletionsRead =
                now; // a history that cannot be read is asked again after the interval, and does not hold up what is
        // new
        try {
            readDeletions();
        } catch (SourceException e) {
            if (e.retryAfter().isPresent()) {
                throw e; // the server asks for peace
            }
            LOG.warn(
                    "source {}: deletions cannot be looked for, and reports of deleted ECGs stay meanwhile: {} ({}); asking again in {}",
                    lane.config().name(),
                    e.getMessage(),
                    e.reason(),
                    lane.config().deletionsInterval());
        }
    }

    private void readDeletions() {
        String base = lane.source().base();
        Cursor from = ledger.feeds()
                .cursor(base, DELETIONS)
                .or(() -> ledger.feeds().cursor(base))
                .map(Cursor::parse)
                .filter(cursor -> cursor.watermark().isPresent())
                .orElseGet(this::now);
        if (from.watermark().isPresent()) {
            Cursor to = lane.source().deletions(from, page -> discover(known(page)));
            save(DELETIONS, to.text());
        }
    }

    /** For a source whose search has found nothing yet: what notifications and backfills bring can be deleted too. */
    private Cursor now() {
        try {
            return lane.source().now();
        } catch (SourceException e) {
            if (e.reason() == SourceException.Reason.BAD_ANSWER) {
                return Cursor
                        .start(); // a server that does not tell its time is looked at when a search has found something
            }
            throw e;
        }
    }

    /** Of what was deleted only that concerns us which we have seen. */
    private List<Found> known(List<Found> deleted) {
        String base = lane.source().base();
        return deleted.stream()
                .filter(found -> !ledger.versions(base, found.resource()).isEmpty())
                .toList();
    }

    private int discover(List<Found> page) {
        lane.watch().term(); // a poll can be long
        return ledger.discover(
                lane.source().base(),
                page.stream()
                        .map(found -> new Discovery(
                                found.resource(),
                                found.version(),
                                found.lastUpdated(),
                                Priority.ROUTINE,
                                Spread.of(lane.source().base(), found)))
                        .toList());
    }
}
