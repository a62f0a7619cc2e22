package dev.ecgfhir.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ECGs whose leads are one Observation each: rows that wait for each other and end together.
 *
 * <p>A row of one lead joins the group of its key and time and waits, DISCOVERED, until all leads are there or the group is due. Then the
 * row that was discovered first leads: it takes the outcome of the ECG, and the others end in the same transaction as IGNORED with
 * {@value #JOINED}. If the group has changed since the leader looked, nothing changes and it looks again. A row that comes later leads anew, with all that are
 * there. A newer version of an Observation takes the place of the older one, which leaves the group.
 *
 * <p>Whoever changes groups of a source holds that source's lock, for one short transaction. Safe to share between threads and nodes. Every
 * method throws {@link LedgerException} if the database fails.
 */
public final class Groups {
    /** Leads of a whole ECG. */
    public static final int LEADS = 12;

    /** Reason of rows whose ECG another row of their group stands for. */
    public static final String JOINED = "JOINED";

    /** Reason of rows that wait for others of their group. */
    public static final String WAITS = "WAITS_FOR_LEADS";

    static final String SUPERSEDED = "SUPERSEDED";

    private static final Logger LOG = LoggerFactory.getLogger(Groups.class);

    private final Sql sql;
    private final Clock clock;
    private final GroupChanges changes;

    Groups(Sql sql, Clock clock, Consumer<LedgerListener.Change> listener) {
        this.sql = sql;
        this.clock = clock;
        this.changes = new GroupChanges(sql, listener);
    }

    /**
     * Gives a claimed row its place in a group, where it waits; its claim ends.
     *
     * @param claim of a row that holds one lead
     * @param part where it belongs
     * @param leavesReports true if the report of a group that an older version of it was in is withdrawn by now
     */
    public GroupPlace park(Claim claim, GroupPart part, boolean leavesReports) {
        LedgerEntry entry = claim.entry();
        return changes.make(
                entry.source(),
                "placing " + entry.name(),
                (connection, told) -> new GroupParking(connection, told, clock).park(claim, part, leavesReports));
    }

    /**
     * Takes the older versions of a claimed row's Observation out of their groups: what the row holds is no lead any more. Those that wait
     * end as IGNORED. The row itself counts from now on as one of the last group's, though not as a lead.
     */
    public void leave(Claim claim) {
        LedgerEntry entry = claim.entry();
        boolean known = sql.statements(
                "finding groups",
                connection -> !GroupRows.versions(connection, entry).isEmpty()
                        || GroupRows.groupOf(connection, entry.id()).isPresent());
        if (!known) {
            return;
        }
        changes.make(entry.source(), "taking " + entry.name() + " out of its group", (connection, told) -> {
            List<GroupRows.Version> versions = GroupRows.versions(connection, entry);
            new GroupParking(connection, told, clock).leave(entry, versions);
            Optional<Long> own = GroupRows.groupOf(connection, entry.id());
            if (own.isPresent()) {
                GroupRows.absent(connection, entry.id());
                GroupRows.arrange(
                        connection,
                        own.get(),
                        GroupRows.group(connection, own.get()).orElseThrow().due());
            } else if (!versions.isEmpty()) {
                GroupRows.place(
                        connection,
                        entry.id(),
                        versions.get(versions.size() - 1).group(),
                        null,
                        false);
            }
            return true;
        });
    }

    /**
     * Takes a lead out of its group that its source no longer has in this version; a row that waits ends as IGNORED.
     *
     * @param due when the group is due now
     */
    public void drop(LedgerGroup group, GroupMember member, Instant due) {
        changes.make(group.source(), "dropping row " + member.id(), (connection, told) -> {
            GroupRows.absent(connection, member.id());
            String detail = "the source no longer has this version";
            if (GroupRows.end(connection, member.id(), SUPERSEDED, detail, clock.instant())) {
                told.ignored(member, SUPERSEDED);
            }
            GroupRows.arrange(connection, group.id(), due);
            return true;
        });
    }

    /**
     * Takes a row back that has withdrawn a report and holds a lead of another ECG: INTERPRETED becomes DISCOVERED.
     *
     * @param reason stable code, by which it is known when it comes again
     */
    public boolean moved(Claim claim, String reason, String detail) {
        return sql.transaction("reading " + claim.entry().name() + " anew", connection -> {
            int rows = Sql.update(
                    connection,
                    "update ledger_entry set state = 'DISCOVERED', reason = ?, detail = ?, lease = null, attempts = 0,"
                            + " failures = 0, available_at = ? where id = ? and lease = ? and state = 'INTERPRETED'",
                    reason,
                    detail,
                    clock.instant(),
                    claim.entry().id(),
                    claim.lease());
            return rows == 1 && Transitions.emptyOutbox(connection, claim);
        });
    }

    /** Returns the group in which a row waits or has waited as a lead; empty if it is none. */
    public Optional<LedgerGroup> of(long id) {
        return sql.statements("finding the group of row " + id, connection -> {
            Optional<Long> group = GroupRows.groupOf(connection, id);
            return group.isEmpty() ? Optional.empty() : GroupRows.group(connection, group.get());
        });
    }

    /** Stores the report of a group as the outcome of its leader: INTERPRETED, the others that wait IGNORED. */
    public boolean interpreted(Claim leader, LedgerGroup group, FinishedReport report) {
        return together(
                leader,
                group,
                State.INTERPRETED,
                "",
                connection -> Transitions.interpreted(connection, leader, report, clock.instant()));
    }

    /** Ends a group that cannot be read: its leader REFUSED, the others that wait IGNORED. */
    public boolean refused(Claim leader, LedgerGroup group, String reason, String detail) {
        return together(
                leader,
                group,
                State.REFUSED,
                reason,
                connection -> Transitions.refused(connection, leader, reason, detail, clock.instant()));
    }

    private boolean together(Claim leader, LedgerGroup group, State to, String reason, Sql.Work<Boolean> transition) {
        LedgerEntry entry = leader.entry();
        return changes.make(entry.source(), "ending the group of " + entry.name(), (connection, told) -> {
            LedgerGroup now = GroupRows.group(connection, group.id()).orElseThrow();
            if (!ids(now).equals(ids(group))) {
                LOG.info("{}: the leads of its ECG have changed meanwhile; it is read anew", entry.name());
                Transitions.released(connection, leader, clock.instant());
                return false;
            }
            if (!transition.in(connection)) {
                LOG.warn("{} did not become {}: its lease had ended and passed to another worker", entry.name(), to);
                return false;
            }
            told.of(entry, to, reason);
            String detail = "its ECG is that of row " + entry.id() + ", " + entry.resource();
            for (GroupMember member : now.members()) {
                if (member.id() != entry.id()
                        && GroupRows.end(connection, member.id(), JOINED, detail, clock.instant())) {
                    told.ignored(member, JOINED);
                }
            }
            return true;
        });
    }

    private static List<Long> ids(LedgerGroup group) {
        return group.members().stream().map(GroupMember::id).toList();
    }

    /** Returns under what reports may stand of which a row's Observation is, or was, a lead. */
    public GroupReports reports(LedgerEntry entry) {
        return sql.statements(
                "finding the reports of " + entry.name(), connection -> GroupReports.of(connection, entry));
    }

    /**
     * Deletes groups that were due long ago and of which no row is left.
     *
     * @return how many
     */
    public int purge(Instant before) {
        return sql.transaction(
                "deleting old groups",
                connection -> Sql.update(
                        connection,
                        "delete from ledger_group where due_at < ? and not exists"
                                + " (select 1 from ledger_group_member where group_id = ledger_group.id)",
                        before));
    }
}
