package dev.ecgfhir.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The jobs that read archives.
 *
 * <p>A job goes on in steps. The rows of a step and the cursor behind them are stored in one transaction, and only by the node that has
 * the duty, while the job is still as that node knows it. So whatever is killed, nothing before the cursor lacks its row, and nobody's
 * order to pause is overwritten.
 *
 * <p>Safe to share between threads. Every method throws {@link LedgerException} if the database fails.
 */
public final class Backfills {
    private static final int RACES = 3;
    private static final String SELECT = "select id, source, kind, from_time, until_time, rate, state, reason, detail,"
            + " revision, cursor_text, done_parts, all_parts, found, discovered, passed, bad, created_at, updated_at,"
            + " finished_at from ledger_backfill";

    private final Sql sql;
    private final Clock clock;
    private final Ledger.Insert insert;
    private final Consumer<LedgerListener.Change> tell;

    Backfills(Sql sql, Clock clock, Ledger.Insert insert, Consumer<LedgerListener.Change> tell) {
        this.sql = sql;
        this.clock = clock;
        this.insert = insert;
        this.tell = tell;
    }

    /** Orders a job, which is done after all others of its source. */
    public Backfill start(BackfillOrder order) {
        return sql.transaction("ordering a backfill of " + order.source(), connection -> {
            Instant now = clock.instant();
            long id = Sql.insert(
                            connection,
                            "insert into ledger_backfill (source, kind, from_time, until_time, rate, state, revision,"
                                    + " cursor_text, done_parts, all_parts, found, discovered, passed, bad, created_at,"
                                    + " updated_at) values (?, ?, cast(? as timestamp(6) with time zone),"
                                    + " cast(? as timestamp(6) with time zone), ?, 'RUNNING', 0, '', 0, 0, 0, 0, 0, 0, ?, ?)",
                            order.source(),
                            order.kind().name(),
                            order.from().orElse(null),
                            order.until().orElse(null),
                            order.rate(),
                            now,
                            now)
                    .orElseThrow();
            return byId(connection, id).orElseThrow();
        });
    }

    /** Returns all jobs, the latest first. */
    public List<Backfill> all() {
        return sql.statements(
                "listing backfills",
                connection -> Sql.query(connection, SELECT + " order by id desc", Backfills::read));
    }

    /** Finds a job. */
    public Optional<Backfill> find(long id) {
        return sql.statements("finding backfill " + id, connection -> byId(connection, id));
    }

    /** Returns the job of a source that is worked on next: the oldest that runs. */
    public Optional<Backfill> next(String source) {
        return sql.statements(
                "looking for backfills of " + source,
                connection -> Sql.query(
                                connection,
                                SELECT + " where source = ? and state = 'RUNNING' order by id limit 1",
                                Backfills::read,
                                source)
                        .stream()
                        .findFirst());
    }

    /**
     * Returns jobs of a source that were cancelled before they had given back what their cursor names.
     *
     * @param source its name
     */
    public List<Backfill> cancelled(String source) {
        return sql.statements(
                "looking for cancelled backfills of " + source,
                connection -> Sql.query(
                        connection,
                        SELECT + " where source = ? and state = 'CANCELLED' and cursor_text <> '' order by id",
                        Backfills::read,
                        source));
    }

    /** Has a job wait. Returns false unless it runs. */
    public boolean pause(long id) {
        return order(id, Backfill.State.PAUSED, "'RUNNING'");
    }

    /** Has a paused or failed job go on from where it stands. Returns false if it is neither. */
    public boolean resume(long id) {
        return order(id, Backfill.State.RUNNING, "'PAUSED', 'FAILED'");
    }

    /** Ends a job; what it has found stays. Returns false if it is done or cancelled. */
    public boolean cancel(long id) {
        return order(id, Backfill.State.CANCELLED, "'RUNNING', 'PAUSED', 'FAILED'");
    }

    private boolean order(long id, Backfill.State to, String states) {
        return sql.transaction("making backfill " + id + " " + to, connection -> {
            Instant now = clock.instant();
            boolean ends = to == Backfill.State.CANCELLED;
            return Sql.update(
                            connection,
                            "update ledger_backfill set state = ?, revision = revision + 1, updated_at = ?,"
                                    + " finished_at = cast(? as timestamp(6) with time zone), reason = null, detail = null"
                                    + " where id = ? and state in (" + states + ")",
                            to.name(),
                            now,
                            ends ? now : null,
                            id)
                    == 1;
        });
    }

    /**
     * Stores what one step has found, and where the next one begins.
     *
     * @param job as it was before the step
     * @param term the duty under which it is done
     * @param base the source's base address, which its rows bear
     * @param step what was read
     * @return the job after the step; empty if it was changed meanwhile, or the term has ended, and nothing was stored
     */
    public Optional<Backfill> step(Backfill job, Term term, String base, BackfillStep step) {
        for (int race = 1; ; race++) {
            List<LedgerListener.Change> changes = new ArrayList<>();
            try {
                Optional<Backfill> after = sql.transaction(
                        "storing a step of backfill " + job.id(),
                        connection -> store(connection, job, term, base, step, changes));
                changes.forEach(tell);
                return after;
            } catch (LedgerException e) {
                boolean raced =
                        e.getCause() instanceof SQLException cause && Sql.UNIQUE_VIOLATION.equals(cause.getSQLState());
                if (!raced || race == RACES) {
                    throw e; // else a poll has just given one of the ECGs its row, which the next try sees
                }
            }
        }
    }

    private Optional<Backfill> store(
            Connection connection,
            Backfill job,
            Term term,
            String base,
            BackfillStep step,
            List<LedgerListener.Change> changes)
            throws SQLException {
        if (!Duties.lock(connection, term)) {
            return Optional.empty();
        }
        for (Discovery row : step.rows()) {
            insert.row(connection, base, row)
                    .ifPresent(id -> changes.add(
                            new LedgerListener.Change(id, base, row.resource(), row.version(), State.DISCOVERED, "")));
        }
        int moved = Sql.update(
                connection,
                "update ledger_backfill set cursor_text = ?, done_parts = ?, all_parts = ?, found = found + ?,"
                        + " discovered = discovered + ?, passed = passed + ?, bad = bad + ?, revision = revision + 1,"
                        + " updated_at = ?, reason = null, detail = null where id = ? and revision = ?",
                step.cursor(),
                step.done(),
                step.all(),
                (long) step.rows().size(),
                (long) changes.size(),
                step.passed(),
                step.bad(),
                clock.instant(),
                job.id(),
                job.revision());
        if (moved == 0) {
            connection.rollback(); // the rows would be right, but nobody would have counted them
            changes.clear();
            return Optional.empty();
        }
        return byId(connection, job.id());
    }

    /**
     * Ends a job: DONE, or FAILED with a reason.
     *
     * @return false if it was changed meanwhile, or the term has ended
     */
    public boolean end(Backfill job, Term term, Optional<String> reason, Optional<String> detail) {
        Backfill.State to = reason.isPresent() ? Backfill.State.FAILED : Backfill.State.DONE;
        return sql.transaction("making backfill " + job.id() + " " + to, connection -> {
            Instant now = clock.instant();
            return Duties.lock(connection, term)
                    && Sql.update(
                                    connection,
                                    "update ledger_backfill set state = ?, reason = ?, detail = ?, revision = revision + 1,"
                                            + " updated_at = ?, finished_at = ? where id = ? and revision = ?",
                                    to.name(),
                                    reason.orElse(null),
                                    detail.map(Transitions::shortened).orElse(null),
                                    now,
                                    now,
                                    job.id(),
                                    job.revision())
                            == 1;
        });
    }

    /** Notes what a running job waits for. Its cursor stays. */
    public Optional<Backfill> waits(Backfill job, String reason, String detail) {
        return sql.transaction("noting what backfill " + job.id() + " waits for", connection -> {
            int noted = Sql.update(
                    connection,
                    "update ledger_backfill set reason = ?, detail = ?, revision = revision + 1, updated_at = ?"
                            + " where id = ? and revision = ?",
                    reason,
                    Transitions.shortened(detail),
                    clock.instant(),
                    job.id(),
                    job.revision());
            return noted == 1 ? byId(connection, job.id()) : Optional.empty();
        });
    }

    /** Forgets the cursor of a cancelled job, after what it names was given back. */
    public void tidied(Backfill job) {
        sql.statements(
                "tidying up backfill " + job.id(),
                connection -> Sql.update(
                        connection,
                        "update ledger_backfill set cursor_text = '' where id = ? and state = 'CANCELLED'",
                        job.id()));
    }

    private static Optional<Backfill> byId(Connection connection, long id) throws SQLException {
        return Sql.query(connection, SELECT + " where id = ?", Backfills::read, id).stream()
                .findFirst();
    }

    private static Backfill read(ResultSet row) throws SQLException {
        return new Backfill(
                row.getLong("id"),
                new BackfillOrder(
                        row.getString("source"),
                        BackfillOrder.Kind.valueOf(row.getString("kind")),
                        Sql.optionalInstant(row, "from_time"),
                        Sql.optionalInstant(row, "until_time"),
                        row.getInt("rate")),
                Backfill.State.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("reason")),
                Optional.ofNullable(row.getString("detail")),
                row.getLong("revision"),
                row.getString("cursor_text"),
                row.getLong("done_parts"),
                row.getLong("all_parts"),
                new Backfill.Counts(
                        row.getLong("found"), row.getLong("discovered"), row.getLong("passed"), row.getLong("bad")),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "updated_at"),
                Sql.optionalInstant(row, "finished_at"));
    }
}
