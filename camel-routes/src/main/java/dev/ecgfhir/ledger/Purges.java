package dev.ecgfhir.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Deletes rows that ended long ago. Walks along the ids, a thousand a step, so that no statement holds many rows, and stops where rows are
 * too young to have ended before the limit.
 */
final class Purges {
    private static final int STEP = 1000;

    /**
     * All rows of an ECG go together: an older version that came back must find the newer one that withdrew it. A dead row waits for a
     * person, and keeps the others.
     */
    private static final String DELETE = "delete from ledger_entry where id > ? and id <= ?"
            + " and state in ('DELIVERED', 'REFUSED', 'IGNORED') and finished_at < ? and not exists"
            + " (select 1 from ledger_entry other where other.source = ledger_entry.source"
            + " and other.resource = ledger_entry.resource"
            + " and (other.finished_at is null or other.finished_at >= ? or other.state = 'DEAD'))";

    private Purges() {}

    /**
     * One step of the walk.
     *
     * @param last its highest id
     * @param deleted rows that went
     * @param end true if no later row can be old enough
     */
    record Step(long last, int deleted, boolean end) {}

    /** Deletes what has ended before the limit among the next rows after an id. */
    static Step step(Connection connection, long afterId, Instant before) throws SQLException {
        List<Row> rows = Sql.query(
                connection,
                "select id, discovered_at from ledger_entry where id > ? order by id limit " + STEP,
                row -> new Row(row.getLong("id"), Sql.instant(row, "discovered_at")),
                afterId);
        if (rows.isEmpty() || rows.stream().noneMatch(row -> row.discovered().isBefore(before))) {
            return new Step(afterId, 0, true);
        }
        long last = rows.get(rows.size() - 1).id();
        return new Step(last, Sql.update(connection, DELETE, afterId, last, before, before), false);
    }

    private record Row(long id, Instant discovered) {}
}
