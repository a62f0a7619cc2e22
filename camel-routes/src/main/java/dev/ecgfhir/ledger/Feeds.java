package dev.ecgfhir.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far every feed of every source has been read. A source has several: its search, and what is looked for beside it.
 *
 * <p>Safe to share between threads. Every method throws {@link LedgerException} if the database fails.
 */
public final class Feeds {
    /** The feed of a source's search. */
    public static final String SEARCH = "search";

    private final Sql sql;
    private final Clock clock;

    Feeds(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Returns how far every feed of every source has come. */
    public List<FeedCursor> all() {
        return sql.statements("reading the cursors", Feeds::select);
    }

    /** Returns how far the search of a source has come, in the form that was saved. */
    public Optional<String> cursor(String source) {
        return cursor(source, SEARCH);
    }

    /**
     * Returns how far one feed of a source has come, in the form that was saved.
     *
     * @param feed its name, at most 20 characters
     */
    public Optional<String> cursor(String source, String feed) {
        return sql.statements("reading the cursor of " + source, connection -> cursor(connection, source, feed));
    }

    /**
     * Remembers how far the search of a source has come. Call it after everything before it has its row.
     *
     * @param text at most 500 characters
     */
    public void save(String source, String text) {
        save(source, SEARCH, text);
    }

    /**
     * Remembers how far one feed of a source has come. Call it after everything before it has its row.
     *
     * @param feed its name, at most 20 characters
     * @param text at most 500 characters
     */
    public void save(String source, String feed, String text) {
        sql.transaction(
                "saving the cursor of " + source, connection -> save(connection, source, feed, text, clock.instant()));
    }

    /**
     * Remembers how far one feed of a source has come, as {@link #save(String, String, String)}, if a term of duty still lasts.
     *
     * @return false if it has ended, and nothing was stored: another node reads on from where the cursor stands
     */
    public boolean save(String source, String feed, String text, Term term) {
        return sql.transaction(
                "saving the cursor of " + source,
                connection -> Duties.lock(connection, term) && save(connection, source, feed, text, clock.instant()));
    }

    private static List<FeedCursor> select(Connection connection) throws SQLException {
        return Sql.query(
                connection,
                "select source, feed, cursor_text, updated_at from ledger_feed order by source, feed",
                row -> new FeedCursor(
                        row.getString("source"),
                        row.getString("feed"),
                        row.getString("cursor_text"),
                        Sql.instant(row, "updated_at")));
    }

    private static Optional<String> cursor(Connection connection, String source, String feed) throws SQLException {
        return Sql.query(
                        connection,
                        "select cursor_text from ledger_feed where source = ? and feed = ?",
                        row -> row.getString("cursor_text"),
                        source,
                        feed)
                .stream()
                .findFirst();
    }

    private static boolean save(Connection connection, String source, String feed, String text, Instant now)
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
