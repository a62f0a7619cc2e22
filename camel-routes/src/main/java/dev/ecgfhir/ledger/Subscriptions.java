package dev.ecgfhir.ledger;

import dev.ecgfhir.ledger.SubscriptionState.Standing;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the subscriptions on sources, one for each: shared by all nodes, since a notification can come to any of them. Every
 * method throws {@link LedgerException} if the database fails. Safe to share between threads.
 */
public final class Subscriptions {
    private static final String COLUMNS =
            "select source, asked, secret, resource_id, state, ends_at, look_at, last_event,"
                    + " heard_at, wishes, fulfilled from ledger_subscription";

    private final Sql sql;
    private final Clock clock;

    Subscriptions(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** What a notification says by its numbers. */
    @FunctionalInterface
    public interface Count {
        /**
         * Tells where the count stands after it.
         *
         * @param last the highest number before
         * @return the highest number now, and whether one between is missing
         */
        Counted after(long last);
    }

    /**
     * Where the count of events stands.
     *
     * @param last the highest number
     * @param missing true if a search has to find what did not come
     */
    public record Counted(long last, boolean missing) {}

    /** Returns the subscription of a source. */
    public Optional<SubscriptionState> find(String source) {
        return sql.statements(
                "reading the subscription of " + source,
                connection -> Sql.query(connection, COLUMNS + " where source = ?", Subscriptions::read, source).stream()
                        .findFirst());
    }

    /** Returns all subscriptions. */
    public List<SubscriptionState> all() {
        return sql.statements(
                "reading the subscriptions",
                connection -> Sql.query(connection, COLUMNS + " order by source", Subscriptions::read));
    }

    /**
     * Notes what is going to be asked for, before it is: the first notification can come before the answer. Wishes a search.
     *
     * @param asked tells it from other requests, at most 1000 characters
     * @param secret at most 100 characters
     * @param endsAt when it will end
     */
    public void asking(String source, String asked, String secret, Instant endsAt) {
        sql.transaction("noting a subscription on " + source, connection -> {
            Instant now = clock.instant();
            int known = Sql.update(
                    connection,
                    "update ledger_subscription set asked = ?, secret = ?, state = 'REQUESTED', ends_at = ?, look_at = ?,"
                            + " last_event = 0, heard_at = ?, wishes = wishes + 1 where source = ?",
                    asked,
                    secret,
                    endsAt,
                    now,
                    now,
                    source);
            if (known == 0) {
                Sql.update(
                        connection,
                        "insert into ledger_subscription (source, asked, secret, state, ends_at, look_at, last_event,"
                                + " heard_at, wishes, fulfilled) values (?, ?, ?, 'REQUESTED', ?, ?, 0, ?, 1, 0)",
                        source,
                        asked,
                        secret,
                        endsAt,
                        now,
                        now);
            }
            return true;
        });
    }

    /**
     * Notes how a subscription stands. One that ceases to be in force wishes a search, for what was not told.
     *
     * @param resourceId its id on the source; empty if it has none there
     * @param lookAt when to look next
     */
    public void stands(String source, Optional<String> resourceId, Standing standing, Instant endsAt, Instant lookAt) {
        sql.transaction("noting how the subscription on " + source + " stands", connection -> {
            for (SubscriptionState before : locked(connection, source)) {
                boolean active = standing == Standing.ACTIVE;
                boolean changed = before.standing() != standing;
                Sql.update(
                        connection,
                        "update ledger_subscription set resource_id = ?, state = ?, ends_at = ?, look_at = ?, heard_at = ?,"
                                + " wishes = ? where source = ?",
                        resourceId.orElse(null),
                        standing.name(),
                        endsAt,
                        lookAt,
                        active && changed ? clock.instant() : before.heardAt(),
                        before.wishes() + (changed ? 1 : 0),
                        source);
            }
            return true;
        });
    }

    /**
     * Notes that something came. Call it after everything that it names has its row.
     *
     * @param count what its numbers say; a missing number wishes a search
     * @return true if one is missing
     */
    public boolean heard(String source, Count count) {
        return sql.transaction("noting a notification of " + source, connection -> {
            boolean missing = false;
            for (SubscriptionState before : locked(connection, source)) {
                Counted counted = count.after(before.lastEvent());
                missing = counted.missing();
                Sql.update(
                        connection,
                        "update ledger_subscription set last_event = ?, heard_at = ?, wishes = ? where source = ?",
                        counted.last(),
                        clock.instant(),
                        before.wishes() + (missing ? 1 : 0),
                        source);
            }
            return missing;
        });
    }

    /** Wishes a search. */
    public void wish(String source) {
        sql.transaction(
                "wishing a search of " + source,
                connection -> Sql.update(
                        connection, "update ledger_subscription set wishes = wishes + 1 where source = ?", source));
    }

    /** Has the subscription looked after at once. */
    public void lookNow(String source) {
        sql.transaction(
                "noting that the subscription on " + source + " needs care",
                connection -> Sql.update(
                        connection,
                        "update ledger_subscription set look_at = ? where source = ?",
                        clock.instant(),
                        source));
    }

    /**
     * Notes that a search has ended that began after a number of wishes.
     *
     * @param wishes as they stood before it began
     */
    public void fulfilled(String source, long wishes) {
        sql.transaction(
                "noting a search of " + source,
                connection -> Sql.update(
                        connection,
                        "update ledger_subscription set fulfilled = ? where source = ? and fulfilled < ?",
                        wishes,
                        source,
                        wishes));
    }

    /** Forgets the subscription of a source. */
    public void forget(String source) {
        sql.transaction(
                "forgetting the subscription on " + source,
                connection -> Sql.update(connection, "delete from ledger_subscription where source = ?", source));
    }

    private static List<SubscriptionState> locked(Connection connection, String source) throws SQLException {
        return Sql.query(connection, COLUMNS + " where source = ? for update", Subscriptions::read, source);
    }

    private static SubscriptionState read(ResultSet row) throws SQLException {
        return new SubscriptionState(
                row.getString("source"),
                row.getString("asked"),
                row.getString("secret"),
                Optional.ofNullable(row.getString("resource_id")),
                Standing.valueOf(row.getString("state")),
                Sql.instant(row, "ends_at"),
                Sql.instant(row, "look_at"),
                row.getLong("last_event"),
                Sql.instant(row, "heard_at"),
                row.getLong("wishes"),
                row.getLong("fulfilled"));
    }
}
