package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.source.RecordingSource;
import dev.ecgfhir.fhir.source.SourceException;
import dev.ecgfhir.fhir.source.SubscriptionClient;
import dev.ecgfhir.fhir.source.SubscriptionOrder;
import dev.ecgfhir.ledger.SubscriptionState;
import dev.ecgfhir.ledger.SubscriptionState.Standing;
import dev.ecgfhir.ledger.Subscriptions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscription of one source, looked after by whoever polls it: asked for, renewed, asked for again when it fails. And it tells how
 * often the source is searched beside it: seldom while notifications come, as always while they do not.
 *
 * <p>For one thread at a time. Whatever it must remember stands in the ledger.
 */
final class Subscribed {
    private static final Logger LOG = LoggerFactory.getLogger(Subscribed.class);
    /** A server that has missed so many heartbeats is taken for silent. */
    private static final int MISSED_HEARTBEATS = 3;

    private static final int SECRET_BYTES = 32;

    private final SourceRouteConfig config;
    private final RecordingSource source;
    private final SubscriptionClient client;
    private final Subscriptions book;
    private final RetryConfig retries;
    private final Clock clock;
    private int failures;
    private boolean ended;
    private Instant searched = Instant.MIN;
    private volatile Optional<SubscriptionState> seen = Optional.empty();

    Subscribed(
            SourceRouteConfig config,
            RecordingSource source,
            SubscriptionClient client,
            Subscriptions book,
            RetryConfig retries,
            Clock clock) {
        this.config = config;
        this.source = source;
        this.client = client;
        this.book = book;
        this.retries = retries;
        this.clock = clock;
    }

    /**
     * Looks after the subscription where that is due. A source that refuses it, or cannot be asked, is polled as if there were none.
     *
     * @return how it stands now; empty if there is none
     */
    Optional<SubscriptionState> tend() {
        seen = look();
        return seen;
    }

    /** Returns what the latest look found, for whoever watches from another thread. */
    Optional<Lane.Told> told() {
        Instant now = clock.instant();
        return seen.map(state -> new Lane.Told(state.standing(), isSilent(state, now), state.heardAt()));
    }

    private Optional<SubscriptionState> look() {
        if (config.subscription().isEmpty()) {
            end();
            return Optional.empty();
        }
        SubscriptionConfig wanted = config.subscription().get();
        Optional<SubscriptionState> known = book.find(source.base());
        Instant now = clock.instant();
        String asked = order(wanted, "", now).fingerprint();
        boolean other = known.map(state -> !state.asked().equals(asked)).orElse(true);
        if (!other && now.isBefore(known.get().lookAt())) {
            return known;
        }
        if (other) {
            book.asking(source.base(), asked, secret(), now.plus(wanted.duration()));
        }
        SubscriptionState state = book.find(source.base()).orElseThrow();
        try {
            tend(wanted, state, now, other);
            failures = 0;
        } catch (SourceException e) {
            failed(state, e, now);
        }
        return book.find(source.base());
    }

    private void tend(SubscriptionConfig wanted, SubscriptionState state, Instant now, boolean other) {
        Optional<SubscriptionClient.Standing> standing =
                other ? Optional.empty() : state.resourceId().flatMap(client::look);
        if (standing.isEmpty()) {
            request(wanted, state, other ? "asked for" : "the source has none, asked for", now);
        } else if (standing.get().status() == SubscriptionClient.Status.ERROR
                || standing.get().status() == SubscriptionClient.Status.OFF) {
            request(wanted, state, "was " + standing.get().status() + ", asked for again", now);
        } else if (isSilent(state, now)) {
            LOG.warn(
                    "source {}: no heartbeat since {}, though it promised one every {}; searched as without a subscription until it is heard",
                    config.name(),
                    state.heardAt(),
                    wanted.heartbeat());
            request(wanted, state, "asked for again", now);
        } else if (now.plus(wanted.duration().dividedBy(2)).isAfter(state.endsAt())) {
            request(wanted, state, "renewed", now);
        } else {
            note(wanted, standing.get(), state.endsAt(), now);
        }
    }

    private void request(SubscriptionConfig wanted, SubscriptionState state, String why, Instant now) {
        Instant end = now.plus(wanted.duration());
        SubscriptionClient.Standing standing = client.request(state.resourceId(), order(wanted, state.secret(), end));
        LOG.info("source {}: subscription {} {}: {}", config.name(), standing.id(), why, standing.status());
        note(wanted, standing, end, now);
    }

    private void note(SubscriptionConfig wanted, SubscriptionClient.Standing standing, Instant end, Instant now) {
        boolean active = standing.status() == SubscriptionClient.Status.ACTIVE;
        Instant soon = now.plus(retries.first());
        Instant watch = now.plus(wanted.watch());
        book.stands(
                source.base(),
                Optional.of(standing.id()),
                Standing.valueOf(standing.status().name()),
                end,
                active || soon.isAfter(watch) ? watch : soon);
    }

    private void failed(SubscriptionState state, SourceException failure, Instant now) {
        failures++;
        Instant next =
                now.plus(retries.pause(failures, ThreadLocalRandom.current().nextDouble()));
        LOG.warn(
                "source {}: no subscription: {} ({}); polled as without one, asked for again at {}",
                config.name(),
                failure.getMessage(),
                failure.reason(),
                next);
        Standing standing = failure.retryable() ? state.standing() : Standing.REFUSED;
        book.stands(source.base(), state.resourceId(), standing, state.endsAt(), next);
    }

    /** Ends what an earlier setting asked for; tried once a start, since it ends by itself too. */
    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        book.find(source.base()).ifPresent(state -> {
            try {
                state.resourceId().ifPresent(client::end);
                LOG.info("source {}: subscription ended", config.name());
            } catch (SourceException e) {
                LOG.warn("source {}: {}; it ends by itself at {}", config.name(), e.getMessage(), state.endsAt());
            }
            book.forget(source.base());
        });
    }

    /** Tells whether a search is due: always without a subscription in force, else when one is wished or the slower interval has passed. */
    boolean searchIsDue(Optional<SubscriptionState> state) {
        Instant now = clock.instant();
        return state.isEmpty()
                || !isInForce(state.get(), now)
                || state.get().searchIsWished()
                || !now.isBefore(
                        searched.plus(config.subscription().orElseThrow().pollInterval()));
    }

    /** Notes that a search has ended. */
    void searched(Optional<SubscriptionState> before, Instant begun) {
        searched = begun;
        before.filter(SubscriptionState::searchIsWished)
                .ifPresent(state -> book.fulfilled(source.base(), state.wishes()));
    }

    private boolean isInForce(SubscriptionState state, Instant now) {
        return state.standing() == Standing.ACTIVE && now.isBefore(state.endsAt()) && !isSilent(state, now);
    }

    private boolean isSilent(SubscriptionState state, Instant now) {
        SubscriptionConfig wanted = config.subscription().orElseThrow();
        return state.standing() == Standing.ACTIVE
                && !wanted.heartbeat().isZero()
                && now.isAfter(state.heardAt().plus(wanted.heartbeat().multipliedBy(MISSED_HEARTBEATS)));
    }

    private SubscriptionOrder order(SubscriptionConfig wanted, String secret, Instant end) {
        return new SubscriptionOrder(
                wanted.form(),
                wanted.endpoint(),
                secret,
                config.sourceQuery().parameters(),
                wanted.topic(),
                wanted.payload(),
                wanted.heartbeat(),
                end);
    }

    private static String secret() {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
