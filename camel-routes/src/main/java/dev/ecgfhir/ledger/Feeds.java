package dev.ecgfhir.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How far every feed of every source has come, in SQL. */
final class Feeds {
    private Feeds() {}

    static List<FeedCursor> all(Connection connection) throws SQLException {
        return Sql.query(
                connection,
                "select source, feed, cursor_text, updated_at from ledger_feed order by source, feed",
                row -> new FeedCursor(
                        row.getString("source"),
                        row.getString("feed"),
                        row.getString("cursor_text"),
                        Sql.instant(row, "updated_at")));
    }

    static Optional<String> cursor(Connection connection, String source, String feed) throws SQLException {
        return Sql.query(
                        connection,
                        "select cursor_text from ledger_feed where source = ? and feed = ?",
                        row -> row.getString("cursor_text"),
                        source,
                        feed)
                .stream()
                .findFirst();
    }

    static boolean save(Connection connection, String source, String feed, String text, Instant now)
            throws SQLException {
        String update = "update ledger_feed set cursor_text = ?, updated_at = ? where source = ? and feed = ?";
        return Sql.update(connection, update, text, now, source, feed) == 1
                || Sql.update(
                                connection,
                                "insert into ledger_feed (source, feed, cursor_text, updated_at) values (?, ?, ?, ?)",
                                source,
                                feed,
                                text,
                                now)
                        == 1;
    }
}
