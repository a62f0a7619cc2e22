package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.source.Found;
import dev.ecgfhir.fhir.source.Notification;
import dev.ecgfhir.fhir.source.NotificationException;
import dev.ecgfhir.fhir.source.SourceException;
import dev.ecgfhir.ledger.Discovery;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.Priority;
import dev.ecgfhir.ledger.SubscriptionState;
import dev.ecgfhir.ledger.Subscriptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what sources tell by their subscriptions.
 *
 * <p>A notification is accepted when every ECG that it names has its row; which are ECGs, and in which version, the source itself is asked,
 * by the search that polls use. What a notification leaves open, and what is missing by its numbers, a poll finds: the wish for it is
 * stored before the answer. So nothing depends on a notification, and none can put content into a report. Safe to share between threads.
 */
public final class Notifications {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final int IDS_A_SEARCH = 50;
    /** Searches of one source at a time that notifications cause; further ones are left to a poll. */
    private static final int AT_ONCE = 8;

    /** What becomes of a notification. */
    public enum Answer {
        /** Everything that it tells is stored. */
        ACCEPTED,
        /** No source of this name has a subscription. */
        UNKNOWN,
        /** It does not carry the secret. */
        NOT_ALLOWED,
        /** The source or the ledger cannot be asked now. A poll will find what it tells. */
        LATER,
        /** It is not understood. A poll will find what it tells. */
        NOT_UNDERSTOOD,
        /** It is too large. A poll will find what it tells. */
        TOO_LARGE
    }

    /** Reads a notification. */
    @FunctionalInterface
    public interface Body {
        /**
         * Reads it.
         *
         * @throws IOException if it breaks off
         */
        Notification read() throws IOException;
    }

    private final Map<String, SourceLane> lanes;
    private final Map<String, Semaphore> places;
    private final Ledger ledger;
    private final Subscriptions book;
    private final Consumer<String> pollNow;
    private final Clock clock;

    Notifications(Map<String, SourceLane> lanes, Ledger ledger, Consumer<String> pollNow, Clock clock) {
        this.lanes = Map.copyOf(lanes);
        this.places = lanes.keySet().stream()
                .collect(Collectors.toUnmodifiableMap(name -> name, name -> new Semaphore(AT_ONCE)));
        this.ledger = ledger;
        this.book = ledger.subscriptions();
        this.pollNow = pollNow;
        this.clock = clock;
    }

    /**
     * Takes a notification.
     *
     * @param name the source's name
     * @param authorization its header of that name; empty if it has none
     * @param body reads it; called only if the secret is right
     * @return what becomes of it
     * @throws dev.ecgfhir.ledger.LedgerException if the ledger fails
     * @throws IOException if reading it breaks off
     */
    public Answer take(String name, String authorization, Body body) throws IOException {
        SourceLane lane = lanes.get(name);
        Optional<SubscriptionState> state =
                lane == null || lane.config().subscription().isEmpty()
                        ? Optional.empty()
                        : book.find(lane.source().base());
        if (lane == null || state.isEmpty()) {
            return Answer.UNKNOWN;
        }
        if (!MessageDigest.isEqual(
                authorization.getBytes(StandardCharsets.UTF_8),
                ("Bearer " + state.get().secret()).getBytes(StandardCharsets.UTF_8))) {
            return Answer.NOT_ALLOWED;
        }
        try {
            return take(lane, body.read());
        } catch (NotificationException e) {
            LOG.warn("source {}: {}", name, e.getMessage());
            wish(lane);
            return e.reason() == NotificationException.Reason.TOO_LARGE ? Answer.TOO_LARGE : Answer.NOT_UNDERSTOOD;
        }
    }

    private Answer take(SourceLane lane, Notification notification) {
        Answer answer = discover(lane, notification.ids());
        boolean missing = book.heard(
                lane.source().base(), last -> EventNumbers.after(last, notification, answer == Answer.ACCEPTED));
        if (missing) {
            LOG.info(
                    "source {}: a notification leaves open what is new; searching",
                    lane.config().name());
            pollNow.accept(lane.config().name());
        }
        if (notification.failed() || notification.kind() == Notification.Kind.HANDSHAKE) {
            book.lookNow(lane.source().base());
        }
        return answer;
    }

    private Answer discover(SourceLane lane, List<String> ids) {
        if (ids.isEmpty()) {
            return Answer.ACCEPTED;
        }
        Semaphore place = places.get(lane.config().name());
        if (place == null || !lane.pause().isOver() || !place.tryAcquire()) {
            return Answer.LATER;
        }
        Instant begun = clock.instant();
        try {
            for (int i = 0; i < ids.size(); i += IDS_A_SEARCH) {
                List<Found> found = lane.source().find(ids.subList(i, Math.min(i + IDS_A_SEARCH, ids.size())));
                ledger.discover(
                        lane.source().base(),
                        found.stream()
                                .map(one -> new Discovery(
                                        one.resource(),
                                        one.version(),
                                        one.lastUpdated(),
                                        Priority.ROUTINE,
                                        Spread.of(lane.source().base(), one)))
                                .toList());
            }
            return Answer.ACCEPTED;
        } catch (SourceException e) {
            Instant next = lane.pause().failed(begun, e.retryAfter());
            LOG.warn(
                    "source {}: {} ({}); what it notified is searched for from {}",
                    lane.config().name(),
                    e.getMessage(),
                    e.reason(),
                    next);
            return Answer.LATER;
        } finally {
            place.release();
        }
    }

    private void wish(SourceLane lane) {
        book.wish(lane.source().base());
        pollNow.accept(lane.config().name());
    }
}
