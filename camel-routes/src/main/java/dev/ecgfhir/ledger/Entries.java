package dev.ecgfhir.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads rows of the ledger. */
final class Entries {
    static final String COLUMNS = "id, source, resource, version, source_updated, state, reason, detail, priority,"
            + " attempts, failures, available_at, target, model_hash, report_identifier, discovered_at, interpreted_at,"
            + " finished_at";

    private Entries() {}

    static LedgerEntry read(ResultSet row) throws SQLException {
        return new LedgerEntry(
                row.getLong("id"),
                row.getString("source"),
                row.getString("resource"),
                row.getString("version"),
                Sql.instant(row, "source_updated"),
                State.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("reason")),
                Optional.ofNullable(row.getString("detail")),
                Priority.of(row.getInt("priority")),
                row.getInt("attempts"),
                row.getInt("failures"),
                Sql.instant(row, "available_at"),
                Optional.ofNullable(row.getString("target")),
                Optional.ofNullable(row.getString("model_hash")),
                Optional.ofNullable(row.getString("report_identifier")),
                Sql.instant(row, "discovered_at"),
                Sql.optionalInstant(row, "interpreted_at"),
                Sql.optionalInstant(row, "finished_at"));
    }

    static Optional<LedgerEntry> byId(Connection connection, long id) throws SQLException {
        return first(Sql.query(connection, "select " + COLUMNS + " from ledger_entry where id = ?", Entries::read, id));
    }

    static Optional<LedgerEntry> byKey(Connection connection, String source, String resource, String version)
            throws SQLException {
        return first(Sql.query(
                connection,
                "select " + COLUMNS + " from ledger_entry where source = ? and resource = ? and version = ?",
                Entries::read,
                source,
                resource,
                version));
    }

    static List<LedgerEntry> ofResource(Connection connection, String source, String resource) throws SQLException {
        return Sql.query(
                connection,
                "select " + COLUMNS + " from ledger_entry where source = ? and resource = ? order by id",
                Entries::read,
                source,
                resource);
    }

    static List<LedgerEntry> matching(Connection connection, LedgerFilter filter) throws SQLException {
        StringBuilder sql = new StringBuilder("select " + COLUMNS + " from ledger_entry where id > ?");
        List<@Nullable Object> values = new ArrayList<>();
        values.add(filter.afterId());
        filter.state().ifPresent(state -> {
            sql.append(" and state = ?");
            values.add(state.name());
        });
        filter.source().ifPresent(source -> {
            sql.append(" and source = ?");
            values.add(source);
        });
        sql.append(" order by id limit ?");
        values.add(filter.limit());
        return Sql.query(connection, sql.toString(), Entries::read, values.toArray());
    }

    static LedgerCounts counts(Connection connection) throws SQLException {
        Map<State, Long> rows = new EnumMap<>(State.class);
        Sql.query(connection, "select state, count(*) as entries from ledger_entry group by state", row -> {
            rows.put(State.valueOf(row.getString("state")), row.getLong("entries"));
            return true;
        });
        return new LedgerCounts(rows);
    }

    static List<ReasonCount> reasons(Connection connection) throws SQLException {
        return Sql.query(
                connection,
                "select state, reason, count(*) as entries from ledger_entry where reason is not null"
                        + " group by state, reason order by state, reason",
                row -> new ReasonCount(
                        State.valueOf(row.getString("state")), row.getString("reason"), row.getLong("entries")));
    }

    static List<WaitingRows> waiting(Connection connection) throws SQLException {
        List<WaitingRows> waiting = new ArrayList<>(waiting(connection, State.DISCOVERED, "source"));
        waiting.addAll(waiting(connection, State.INTERPRETED, "target"));
        return waiting;
    }

    private static List<WaitingRows> waiting(Connection connection, State state, String column) throws SQLException {
        return Sql.query(
                connection,
                "select " + column + ", count(*) as entries from ledger_entry where state = ? group by " + column
                        + " order by " + column,
                row -> new WaitingRows(state, row.getString(column), row.getLong("entries")),
                state.name());
    }

    private static <T> Optional<T> first(List<T> rows) {
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
    }
}
