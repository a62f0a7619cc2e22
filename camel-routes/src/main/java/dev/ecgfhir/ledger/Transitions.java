package dev.ecgfhir.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state machine: every change of a claimed row, as one UPDATE that names the states that it leads from and the lease that gives the
 * right to it. All return true if the row was changed.
 */
final class Transitions {
    private static final int DETAIL_LENGTH = 1000;

    private Transitions() {}

    static boolean interpreted(Connection connection, Claim claim, FinishedReport report, Instant now)
            throws SQLException {
        int rows = Sql.update(
                connection,
                "update ledger_entry set state = 'INTERPRETED', reason = null, detail = null, lease = null,"
                        + " attempts = 0, failures = 0, available_at = ?, interpreted_at = ?, target = ?,"
                        + " model_hash = ?, report_identifier = ?"
                        + " where id = ? and lease = ? and state = 'DISCOVERED'",
                now,
                now,
                report.target(),
                report.modelHash(),
                report.reportIdentifier(),
                claim.entry().id(),
                claim.lease());
        if (rows == 1) {
            Outbox.store(connection, claim.entry().id(), report.bundle());
        }
        return rows == 1;
    }

    static boolean delivered(Connection connection, Claim claim, Instant now) throws SQLException {
        return finish(connection, claim, State.DELIVERED, "('INTERPRETED')", null, null, now)
                && emptyOutbox(connection, claim);
    }

    static boolean refused(Connection connection, Claim claim, String reason, String detail, Instant now)
            throws SQLException {
        return finish(connection, claim, State.REFUSED, "('DISCOVERED')", reason, detail, now);
    }

    static boolean ignored(Connection connection, Claim claim, String reason, String detail, Instant now)
            throws SQLException {
        return finish(connection, claim, State.IGNORED, "('DISCOVERED', 'INTERPRETED')", reason, detail, now)
                && emptyOutbox(connection, claim);
    }

    /** The outbox keeps what it has, for a replay. */
    static boolean dead(Connection connection, Claim claim, String reason, String detail, Instant now)
            throws SQLException {
        return finish(connection, claim, State.DEAD, "('DISCOVERED', 'INTERPRETED')", reason, detail, now);
    }

    /**
     * Ends a claim without a result; the row keeps its state.
     *
     * @param failure false if the attempt says nothing against the row (an unreachable server), so that it does not count as a failure
     */
    static boolean postponed(
            Connection connection, Claim claim, String reason, String detail, Instant next, boolean failure)
            throws SQLException {
        return Sql.update(
                        connection,
                        "update ledger_entry set reason = ?, detail = ?, lease = null, available_at = ?,"
                                + " failures = failures - ? where id = ? and lease = ?"
                                + " and state in ('DISCOVERED', 'INTERPRETED')",
                        reason,
                        shortened(detail),
                        next,
                        failure ? 0 : 1,
                        claim.entry().id(),
                        claim.lease())
                == 1;
    }

    static boolean released(Connection connection, Claim claim, Instant now) throws SQLException {
        return Sql.update(
                        connection,
                        "update ledger_entry set lease = null, available_at = ?, attempts = attempts - 1,"
                                + " failures = failures - 1 where id = ? and lease = ?"
                                + " and state in ('DISCOVERED', 'INTERPRETED')",
                        now,
                        claim.entry().id(),
                        claim.lease())
                == 1;
    }

    static boolean extended(Connection connection, Claim claim, Instant until) throws SQLException {
        return Sql.update(
                        connection,
                        "update ledger_entry set available_at = ? where id = ? and lease = ?"
                                + " and state in ('DISCOVERED', 'INTERPRETED')",
                        until,
                        claim.entry().id(),
                        claim.lease())
                == 1;
    }

    private static boolean finish(
            Connection connection,
            Claim claim,
            State to,
            String from,
            @Nullable String reason,
            @Nullable String detail,
            Instant now)
            throws SQLException {
        return Sql.update(
                        connection,
                        "update ledger_entry set state = ?, reason = ?, detail = ?, lease = null, finished_at = ?"
                                + " where id = ? and lease = ? and state in " + from,
                        to.name(),
                        reason,
                        detail == null ? null : shortened(detail),
                        now,
                        claim.entry().id(),
                        claim.lease())
                == 1;
    }

    static boolean emptyOutbox(Connection connection, Claim claim) throws SQLException {
        Outbox.empty(connection, claim.entry().id());
        return true;
    }

    static String shortened(String detail) {
        return detail.length() <= DETAIL_LENGTH ? detail : detail.substring(0, DETAIL_LENGTH - 3) + "...";
    }
}
