package dev.ecgfhir.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was seen, interpreted and delivered: the queue of all work and the memory of all that was done.
 *
 * <p>One row for each version of each recording of each source. Every change of a row is one UPDATE that names the state it leads from
 * and the lease that gives the right to it; if another node has taken the row over in the meantime, nothing changes and the caller is
 * told so by {@code false}. Nothing leads out of DELIVERED.
 *
 * <p>Works on H2 2.x and PostgreSQL with one set of statements, in the schema that the pool sets. Several nodes may share one database;
 * their clocks should agree to much less than the length of a lease. Safe to share between threads. Every method throws
 * {@link LedgerException} if the database fails.
 */
public final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final Sql sql;
    private final Clock clock;
    private final Groups groups;
    private final Claims claims = new Claims();
    private final List<LedgerListener> listeners = new CopyOnWriteArrayList<>();

    /**
     * Opens a ledger whose tables are there ({@link LedgerMigrations}).
     *
     * @param dataSource its connections' schema is the ledger's
     * @param clock tells the time of every change
     */
    public Ledger(DataSource dataSource, Clock clock) {
        this.sql = new Sql(dataSource);
        this.clock = clock;
        this.groups = new Groups(sql, clock, this::tell);
    }

    /** Has a listener told of every change that is made through this object from now on. */
    public void addListener(LedgerListener listener) {
        listeners.add(listener);
    }

    /** Tells a listener nothing more. */
    public void removeListener(LedgerListener listener) {
        listeners.remove(listener);
    }

    /**
     * Gives a row to every version that has none. What has one is left as it is, whatever became of it.
     *
     * @param source the source's base address, at most 500 characters
     * @param discoveries what the source showed
     * @return how many were new
     */
    public int discover(String source, List<Discovery> discoveries) {
        List<LedgerListener.Change> changes = new ArrayList<>();
        try {
            sql.statements("discovering on " + source, connection -> {
                for (Discovery discovery : discoveries) {
                    insert(connection, source, discovery)
                            .ifPresent(id -> changes.add(new LedgerListener.Change(
                                    id, source, discovery.resource(), discovery.version(), State.DISCOVERED, "")));
                }
                return changes.size();
            });
        } finally {
            changes.forEach(this::tell); // each row stands for itself: those before a failure are stored
        }
        return changes.size();
    }

    /**
     * Gives a row to one version, if it has none.
     *
     * @return true if it was new
     */
    public boolean discover(String source, String resource, String version, Priority priority) {
        return discover(source, List.of(new Discovery(resource, version, clock.instant(), priority))) == 1;
    }

    private Optional<Long> insert(Connection connection, String source, Discovery discovery) throws SQLException {
        try {
            return insertRow(connection, source, discovery);
        } catch (SQLException e) {
            if (Sql.UNIQUE_VIOLATION.equals(e.getSQLState())) {
                return Optional.empty(); // another thread or node was first
            }
            throw e;
        }
    }

    private Optional<Long> insertRow(Connection connection, String source, Discovery discovery) throws SQLException {
        Instant now = clock.instant();
        return Sql.insert(
                connection,
                "insert into ledger_entry (source, resource, version, source_updated, state, priority, attempts,"
                        + " failures, available_at, discovered_at, spread)"
                        + " select ?, ?, ?, ?, 'DISCOVERED', ?, 0, 0, ?, ?, ? where not exists"
                        + " (select 1 from ledger_entry where source = ? and resource = ? and version = ?)",
                source,
                discovery.resource(),
                discovery.version(),
                discovery.sourceUpdated(),
                discovery.priority().stored(),
                now,
                now,
                discovery.spread(),
                source,
                discovery.resource(),
                discovery.version());
    }

    /** Gives access to what is known of subscriptions on sources. */
    public Subscriptions subscriptions() {
        return new Subscriptions(sql, clock);
    }

    /** Gives access to the ECGs whose leads are one Observation each. */
    public Groups groups() {
        return groups;
    }

    /** Gives access to the jobs that read archives. */
    public Backfills backfills() {
        return new Backfills(sql, clock, this::insertRow, this::tell);
    }

    /**
     * Returns how many rows of a source wait to be interpreted at a priority, counted up to a limit: reads as many index entries.
     *
     * @param source its base address
     */
    public int waiting(String source, Priority priority, int limit) {
        return sql.statements(
                "counting what waits of " + source,
                connection -> Sql.query(
                                connection,
                                "select count(*) as n from (select id from ledger_entry where state = 'DISCOVERED' and source = ?"
                                        + " and priority = ? limit ?) waiting",
                                row -> row.getInt("n"),
                                source,
                                priority.stored(),
                                limit)
                        .get(0));
    }

    /**
     * Claims rows to interpret, the most urgent first.
     *
     * @param sources base addresses of the sources that the caller can read
     * @param limit most rows
     * @param lease how long nobody else gets them
     * @return the claims; empty if nothing waits
     */
    public List<Claim> claimDiscovered(Collection<String> sources, int limit, Duration lease) {
        return sql.transaction("claiming rows to interpret", connection -> {
            Instant now = clock.instant();
            return claims.discovered(connection, sources, limit, now, now.plus(lease));
        });
    }

    /**
     * Claims rows to deliver, the most urgent first.
     *
     * @param target name of the target that the caller delivers to
     * @param limit most rows
     * @param lease how long nobody else gets them
     * @return the claims; empty if nothing waits
     */
    public List<Claim> claimDeliverable(String target, int limit, Duration lease) {
        return sql.transaction("claiming rows to deliver", connection -> {
            Instant now = clock.instant();
            return claims.deliverable(connection, target, limit, now, now.plus(lease));
        });
    }

    /** Stores a finished report: DISCOVERED becomes INTERPRETED. */
    public boolean interpreted(Claim claim, FinishedReport report) {
        return changed(
                claim,
                State.INTERPRETED,
                "",
                connection -> Transitions.interpreted(connection, claim, report, clock.instant()));
    }

    /** Ends a row that cannot be interpreted: DISCOVERED becomes REFUSED. */
    public boolean refused(Claim claim, String reason, String detail) {
        return changed(
                claim,
                State.REFUSED,
                reason,
                connection -> Transitions.refused(connection, claim, reason, detail, clock.instant()));
    }

    /** Ends a row that is not ours, or that a newer version has overtaken: DISCOVERED or INTERPRETED becomes IGNORED. */
    public boolean ignored(Claim claim, String reason, String detail) {
        return changed(
                claim,
                State.IGNORED,
                reason,
                connection -> Transitions.ignored(connection, claim, reason, detail, clock.instant()));
    }

    /** Ends a row whose report is on its target, and takes it out of the outbox: INTERPRETED becomes DELIVERED. */
    public boolean delivered(Claim claim) {
        return changed(
                claim, State.DELIVERED, "", connection -> Transitions.delivered(connection, claim, clock.instant()));
    }

    /** Gives up a row: DISCOVERED or INTERPRETED becomes DEAD. The outbox keeps its report. */
    public boolean dead(Claim claim, String reason, String detail) {
        return changed(
                claim,
                State.DEAD,
                reason,
                connection -> Transitions.dead(connection, claim, reason, detail, clock.instant()));
    }

    /**
     * Ends a claim for a reason that says nothing against the row, such as an unreachable server. The row keeps its state.
     *
     * @param reason stable code
     * @param detail what was found; no patient data
     * @param next when it can be claimed again
     */
    public boolean postpone(Claim claim, String reason, String detail, Instant next) {
        return sql.transaction(
                "postponing " + claim.entry().name(),
                connection -> Transitions.postponed(connection, claim, reason, detail, next, false));
    }

    /** As {@link #postpone}, but the attempt counts as one of the row's failures ({@link LedgerEntry#failures()}). */
    public boolean failed(Claim claim, String reason, String detail, Instant next) {
        return sql.transaction(
                "noting a failure of " + claim.entry().name(),
                connection -> Transitions.postponed(connection, claim, reason, detail, next, true));
    }

    /** Gives a claim back as if it had never been made. */
    public boolean release(Claim claim) {
        return sql.transaction(
                "releasing " + claim.entry().name(),
                connection -> Transitions.released(connection, claim, clock.instant()));
    }

    /**
     * Keeps a claim for longer.
     *
     * @param lease from now on
     */
    public boolean extend(Claim claim, Duration lease) {
        return sql.transaction(
                "extending the lease of " + claim.entry().name(),
                connection ->
                        Transitions.extended(connection, claim, clock.instant().plus(lease)));
    }

    /** Gives access to what takes finished rows back into work. */
    public Replays replays() {
        return new Replays(sql, clock, this::tell);
    }

    /**
     * Deletes all rows of ECGs that are done with: every row DELIVERED, REFUSED or IGNORED, and ended before a limit. A version that is
     * seen again after that is read again; its report is found on the target and not written twice.
     *
     * @param before rows that ended at this instant or later stay
     * @return how many rows went
     */
    public long purge(Instant before) {
        long deleted = 0;
        Purges.Step step = new Purges.Step(0, 0, false);
        while (!step.end()) {
            long after = step.last();
            step = sql.transaction("deleting old rows", connection -> Purges.step(connection, after, before));
            deleted += step.deleted();
        }
        return deleted;
    }

    /** Gives access to the finished reports that wait for their delivery. */
    public Outbox outbox() {
        return new Outbox(sql, clock);
    }

    /** Finds a version's row. */
    public Optional<LedgerEntry> find(String source, String resource, String version) {
        return sql.statements("finding a row", connection -> Entries.byKey(connection, source, resource, version));
    }

    /** Returns the rows of all versions of one ECG, in the order in which they were discovered. */
    public List<LedgerEntry> versions(String source, String resource) {
        return sql.statements("finding the versions", connection -> Entries.ofResource(connection, source, resource));
    }

    /** Returns rows in the order in which they were discovered, a page at a time. */
    public List<LedgerEntry> entries(LedgerFilter filter) {
        return sql.statements("listing rows", connection -> Entries.matching(connection, filter));
    }

    /** Returns how many rows stand where. Reads the whole index: for people and metrics, not for every ECG. */
    public LedgerCounts counts() {
        return sql.statements("counting rows", Entries::counts);
    }

    /** Returns how many rows have which reason, of those that have one. As {@link #counts()}: for people. */
    public List<ReasonCount> reasons() {
        return sql.statements("counting reasons", Entries::reasons);
    }

    /** Returns how many rows in progress wait for which server. Reads the index of all of them: for a start, and people. */
    public List<WaitingRows> waitingRows() {
        return sql.statements("counting what waits", Entries::waiting);
    }

    /** Gives access to how far the sources have been read. */
    public Feeds feeds() {
        return new Feeds(sql, clock);
    }

    /** Gives access to the rows that a broker carries to the nodes. */
    public Publications publications() {
        return new Publications(sql, clock);
    }

    /**
     * Gives access to the jobs that one node at a time does.
     *
     * @param node this node's name, for people; at most 100 characters
     * @param lease how long a duty lasts without being taken again, 10 ms..1 h
     */
    public Duties duties(String node, Duration lease) {
        return new Duties(sql, node, lease);
    }

    /** Returns who does which of these jobs, of all nodes. */
    public List<DutyHolder> dutyHolders() {
        return sql.statements("reading the duties", Duties::holders);
    }

    private boolean changed(Claim claim, State to, String reason, Sql.Work<Boolean> transition) {
        LedgerEntry entry = claim.entry();
        boolean done = sql.transaction("making " + entry.name() + " " + to, transition);
        if (done) {
            tell(new LedgerListener.Change(entry.id(), entry.source(), entry.resource(), entry.version(), to, reason));
        } else {
            LOG.warn("{} did not become {}: its lease had ended and passed to another worker", entry.name(), to);
        }
        return done;
    }

    private void tell(LedgerListener.Change change) {
        for (LedgerListener listener : listeners) {
            try {
                listener.changed(change);
            } catch (RuntimeException e) {
                LOG.error("a listener failed on {} of row {}; the change is stored", change.state(), change.id(), e);
            }
        }
    }

    /** Gives a version a row, if it has none, in the caller's transaction; returns the new row's id. */
    @FunctionalInterface
    interface Insert {
        Optional<Long> row(Connection connection, String source, Discovery discovery) throws SQLException;
    }
}
