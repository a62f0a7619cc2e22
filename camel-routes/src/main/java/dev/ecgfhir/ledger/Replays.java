package dev.ecgfhir.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes finished rows back into work, because a person asked for it.
 *
 * <p>Safe to share between threads. Every method throws {@link LedgerException} if the database fails.
 */
public final class Replays {
    private static final int PAGE = 500;

    private final Sql sql;
    private final Clock clock;
    private final Consumer<LedgerListener.Change> tell;

    Replays(Sql sql, Clock clock, Consumer<LedgerListener.Change> tell) {
        this.sql = sql;
        this.clock = clock;
        this.tell = tell;
    }

    /**
     * Gives a dead row another chance: DEAD becomes INTERPRETED if its report is in the outbox, else DISCOVERED.
     *
     * @param id the row
     * @return false if there is no such row, or it is not dead
     */
    public boolean again(long id) {
        return again(Replay.dead(id), id);
    }

    /**
     * Gives all rows that a replay selects another chance, each in a transaction of its own.
     *
     * @param replay which, and how
     * @return how many
     */
    public long again(Replay replay) {
        return eachSelected(replay, id -> again(replay, id));
    }

    /** Returns how many rows a replay would take back into work; changes nothing. */
    public long selected(Replay replay) {
        return eachSelected(replay, id -> true);
    }

    private long eachSelected(Replay replay, LongPredicate taken) {
        long count = 0;
        List<Long> page = page(replay, 0);
        while (!page.isEmpty()) {
            count += page.stream().mapToLong(Long::longValue).filter(taken).count();
            page = page(replay, page.get(page.size() - 1));
        }
        return count;
    }

    private List<Long> page(Replay replay, long afterId) {
        return sql.statements("selecting rows to replay", connection -> page(connection, replay, afterId));
    }

    private boolean again(Replay replay, long id) {
        Optional<LedgerEntry> replayed = sql.transaction(
                "replaying row " + id,
                connection -> again(connection, replay, id, clock.instant())
                        ? Entries.byId(connection, id)
                        : Optional.empty());
        replayed.ifPresent(entry -> tell.accept(
                new LedgerListener.Change(id, entry.source(), entry.resource(), entry.version(), entry.state(), "")));
        return replayed.isPresent();
    }

    /** Returns the ids of the next rows that a replay selects, in the order of their ids. */
    private static List<Long> page(Connection connection, Replay replay, long afterId) throws SQLException {
        StringBuilder sql = new StringBuilder("select id from ledger_entry where id > ? and state in (");
        List<@Nullable Object> values = new ArrayList<>();
        values.add(afterId);
        sql.append(replay.states().stream()
                        .map(state -> "'" + state.name() + "'")
                        .collect(Collectors.joining(", ")))
                .append(')');
        replay.id().ifPresent(id -> condition(sql, values, "id = ?", id));
        replay.resource().ifPresent(resource -> condition(sql, values, "resource = ?", resource));
        replay.reason().ifPresent(reason -> condition(sql, values, "reason = ?", reason));
        replay.model()
                .ifPresent(model -> condition(sql, values, "left(model_hash, " + model.length() + ") = ?", model));
        replay.from().ifPresent(from -> condition(sql, values, "finished_at >= ?", from));
        replay.until().ifPresent(until -> condition(sql, values, "finished_at < ?", until));
        sql.append(" order by id limit ").append(PAGE);
        return Sql.query(connection, sql.toString(), row -> row.getLong("id"), values.toArray());
    }

    private static void condition(StringBuilder sql, List<@Nullable Object> values, String condition, Object value) {
        sql.append(" and ").append(condition);
        values.add(value);
    }

    /**
     * Takes one row back: a dead one to its delivery if its report is in the outbox and is not to be made anew, every other one to its
     * interpretation.
     *
     * @return true if it was still finished in one of the replay's states
     */
    private static boolean again(Connection connection, Replay replay, long id, Instant now) throws SQLException {
        String states =
                replay.states().stream().map(state -> "'" + state.name() + "'").collect(Collectors.joining(", "));
        String delivery = replay.interpretAgain()
                ? "'DISCOVERED'"
                : "case when state = 'DEAD' and exists (select 1 from ledger_outbox where entry_id = ledger_entry.id)"
                        + " then 'INTERPRETED' else 'DISCOVERED' end";
        boolean taken = Sql.update(
                        connection,
                        "update ledger_entry set state = " + delivery
                                + ", attempts = 0, failures = 0, available_at = ?, finished_at = null"
                                + " where id = ? and state in (" + states + ")",
                        now,
                        id)
                == 1;
        if (taken && replay.interpretAgain()) {
            Outbox.empty(connection, id);
        }
        return taken;
    }
}
