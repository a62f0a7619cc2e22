package dev.ecgfhir.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The finished reports that wait for their delivery, each with a checksum: a database file that was damaged can give back a row that looks
 * well and says something else.
 *
 * <p>Safe to share between threads. Every method throws {@link LedgerException} if the database fails.
 */
public final class Outbox {
    private static final String SEAL = "sha256:";
    private static final int SEAL_LENGTH = SEAL.length() + 64;

    private final Sql sql;
    private final Clock clock;

    Outbox(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** A report is not what was written; it must not be delivered. */
    public static final class DamagedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DamagedException(long id) {
            super("the report of row " + id + " in the outbox is not what was written there");
        }
    }

    /**
     * Returns the finished report of a row, as JSON; empty if none waits.
     *
     * @throws DamagedException if it does not have the checksum that was stored with it
     */
    public Optional<String> report(long id) {
        return sql
                .statements(
                        "reading the report of row " + id,
                        connection -> Sql.query(
                                connection,
                                "select bundle from ledger_outbox where entry_id = ?",
                                row -> row.getString("bundle"),
                                id))
                .stream()
                .findFirst()
                .map(stored -> opened(id, stored));
    }

    /** Has a row interpreted anew whose report is damaged: INTERPRETED becomes DISCOVERED, and the outbox forgets the report. */
    public boolean interpretAgain(Claim claim) {
        return sql.transaction(
                "taking back " + claim.entry().name(), connection -> takeBack(connection, claim, clock.instant()));
    }

    private static boolean takeBack(Connection connection, Claim claim, Instant now) throws SQLException {
        boolean taken = Sql.update(
                        connection,
                        "update ledger_entry set state = 'DISCOVERED', lease = null, attempts = 0, available_at = ?"
                                + " where id = ? and lease = ? and state = 'INTERPRETED'",
                        now,
                        claim.entry().id(),
                        claim.lease())
                == 1;
        if (taken) {
            empty(connection, claim.entry().id());
        }
        return taken;
    }

    static void store(Connection connection, long id, String report) throws SQLException {
        Sql.update(connection, "insert into ledger_outbox (entry_id, bundle) values (?, ?)", id, seal(report) + report);
    }

    /** Forgets the report of a row, if it has one. */
    static void empty(Connection connection, long id) throws SQLException {
        Sql.update(connection, "delete from ledger_outbox where entry_id = ?", id);
    }

    /** What an earlier version stored has no seal: it begins as JSON does. */
    private static String opened(long id, String stored) {
        if (stored.startsWith("{")) {
            return stored;
        }
        String report = stored.length() < SEAL_LENGTH ? "" : stored.substring(SEAL_LENGTH);
        if (!stored.startsWith(seal(report))) {
            throw new DamagedException(id);
        }
        return report;
    }

    private static String seal(String report) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(report.getBytes(StandardCharsets.UTF_8));
            return SEAL + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
