package dev.ecgfhir.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Jobs that one of the nodes over a ledger does at a time, such as polling a source: a row for each, with a holder and the time until which
 * it holds. The database's clock alone decides; those of the nodes do not matter.
 *
 * <p>A holder that was cut off can still be at work when another has taken over. So what it does must be harmless when it is done twice,
 * or be written under its {@link Term}, which the database refuses once it has ended.
 *
 * <p>Safe to share between threads. Every method throws {@link LedgerException} if the database fails.
 */
public final class Duties {
    private static final String HOLDERS =
            "select job, subject, holder, node, term, since, held_until > current_timestamp as held from ledger_duty";

    private final Sql sql;
    private final String node;
    private final String holder = UUID.randomUUID().toString();
    /** SQL for the instant at which a duty that is taken now ends. */
    private final String until;

    Duties(Sql sql, String node, Duration lease) {
        if (lease.toMillis() < 10 || lease.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("a duty must be held for 10 ms..1 h, was " + lease);
        }
        this.sql = sql;
        this.node = node;
        this.until = String.format(
                Locale.ROOT,
                "current_timestamp + interval '%d:%02d:%02d.%03d' hour to second",
                lease.toHours(),
                lease.toMinutesPart(),
                lease.toSecondsPart(),
                lease.toMillisPart());
    }

    /**
     * Takes a duty that nobody holds, or keeps one that this process holds.
     *
     * @param job kind of work, at most 20 characters
     * @param subject what it is done for, at most 500 characters
     * @return the term; empty if another process holds the duty
     */
    public Optional<Term> take(String job, String subject) {
        return sql.statements("taking duty " + job + " " + subject, connection -> {
            if (renewed(connection, job, subject)
                    || succeeded(connection, job, subject)
                    || isFirst(connection, job, subject)) {
                return term(connection, job, subject);
            }
            return Optional.empty();
        });
    }

    private boolean renewed(Connection connection, String job, String subject) throws SQLException {
        return Sql.update(
                        connection,
                        "update ledger_duty set held_until = " + until
                                + " where job = ? and subject = ? and holder = ?",
                        job,
                        subject,
                        holder)
                == 1;
    }

    private boolean succeeded(Connection connection, String job, String subject) throws SQLException {
        return Sql.update(
                        connection,
                        "update ledger_duty set holder = ?, node = ?, term = term + 1, since = current_timestamp,"
                                + " held_until = " + until
                                + " where job = ? and subject = ? and held_until <= current_timestamp",
                        holder,
                        node,
                        job,
                        subject)
                == 1;
    }

    private boolean isFirst(Connection connection, String job, String subject) throws SQLException {
        try {
            return Sql.update(
                            connection,
                            "insert into ledger_duty (job, subject, holder, node, term, since, held_until)"
                                    + " select ?, ?, ?, ?, 1, current_timestamp, " + until + " where not exists"
                                    + " (select 1 from ledger_duty where job = ? and subject = ?)",
                            job,
                            subject,
                            holder,
                            node,
                            job,
                            subject)
                    == 1;
        } catch (SQLException e) {
            if (Sql.UNIQUE_VIOLATION.equals(e.getSQLState())) {
                return false; // another node was first
            }
            throw e;
        }
    }

    /** Reads the term anew: between the statements it may have ended. */
    private Optional<Term> term(Connection connection, String job, String subject) throws SQLException {
        return Sql.query(
                        connection,
                        "select term from ledger_duty where job = ? and subject = ? and holder = ?",
                        row -> new Term(job, subject, holder, row.getLong("term")),
                        job,
                        subject,
                        holder)
                .stream()
                .findFirst();
    }

    /** Ends a term at once, so that another node need not wait for its end. */
    public void resign(Term term) {
        sql.statements(
                "resigning duty " + term.job() + " " + term.subject(),
                connection -> Sql.update(
                        connection,
                        "update ledger_duty set held_until = current_timestamp"
                                + " where job = ? and subject = ? and holder = ? and term = ?",
                        term.job(),
                        term.subject(),
                        term.holder(),
                        term.number()));
    }

    /** Tells whether a term lasts, and keeps others from taking the duty until the transaction ends. */
    static boolean lock(Connection connection, Term term) throws SQLException {
        return !Sql.query(
                        connection,
                        "select term from ledger_duty where job = ? and subject = ? and holder = ? and term = ? for update",
                        row -> row.getLong("term"),
                        term.job(),
                        term.subject(),
                        term.holder(),
                        term.number())
                .isEmpty();
    }

    /** Returns who has or had which duty, of all nodes. */
    static List<DutyHolder> holders(Connection connection) throws SQLException {
        return Sql.query(
                connection,
                HOLDERS + " order by job, subject",
                row -> new DutyHolder(
                        row.getString("job"),
                        row.getString("subject"),
                        row.getString("node"),
                        Sql.instant(row, "since"),
                        row.getBoolean("held")));
    }
}
