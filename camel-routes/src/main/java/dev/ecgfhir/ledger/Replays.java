package dev.ecgfhir.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes finished rows back into work, because a person asked for it. */
final class Replays {
    private static final int PAGE = 500;

    private Replays() {}

    /** Returns the ids of the next rows that a replay selects, in the order of their ids. */
    static List<Long> selected(Connection connection, Replay replay, long afterId) throws SQLException {
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
    static boolean again(Connection connection, Replay replay, long id, Instant now) throws SQLException {
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
            Sql.update(connection, "delete from ledger_outbox where entry_id = ?", id);
        }
        return taken;
    }
}
