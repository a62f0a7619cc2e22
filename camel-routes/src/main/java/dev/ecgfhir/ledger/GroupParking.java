package dev.ecgfhir.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Gives a row its place in a group, in one transaction under the source's lock. Not safe to share between threads. */
final class GroupParking {
    private final Connection connection;
    private final GroupChanges.Told told;
    private final Clock clock;

    GroupParking(Connection connection, GroupChanges.Told told, Clock clock) {
        this.connection = connection;
        this.told = told;
        this.clock = clock;
    }

    GroupPlace park(Claim claim, GroupPart part, boolean leavesReports) throws SQLException {
        LedgerEntry entry = claim.entry();
        List<GroupRows.Version> versions = GroupRows.versions(connection, entry);
        if (versions.stream().anyMatch(one -> one.isNewerThan(entry))) {
            return superseded(claim);
        }
        List<Long> matching = GroupRows.matching(connection, entry.source(), part);
        if (matching.size() > 1) {
            return GroupPlace.AMBIGUOUS;
        }
        if (!leavesReports && leavesReport(versions, matching)) {
            return GroupPlace.LEAVES_A_REPORT;
        }
        if (!Transitions.postponed(connection, claim, Groups.WAITS, "", clock.instant(), false)) {
            return GroupPlace.LOST;
        }
        leave(entry, versions);
        long group = matching.isEmpty()
                ? GroupRows.begin(
                        connection, entry.source(), part, clock.instant().plus(part.waiting()))
                : matching.get(0);
        return place(entry, part, group);
    }

    private GroupPlace superseded(Claim claim) throws SQLException {
        boolean done = Transitions.ignored(
                connection, claim, Groups.SUPERSEDED, "a newer version of it is known", clock.instant());
        if (done) {
            told.of(claim.entry(), State.IGNORED, Groups.SUPERSEDED);
        }
        return done ? GroupPlace.SUPERSEDED : GroupPlace.LOST;
    }

    /** Told by the version before, whether it is present or not: a worker may have died between the withdrawal and this. */
    private boolean leavesReport(List<GroupRows.Version> versions, List<Long> destination) throws SQLException {
        if (versions.isEmpty()) {
            return false;
        }
        GroupRows.Version latest = versions.get(versions.size() - 1);
        return !destination.contains(latest.group()) && GroupRows.isReported(connection, latest.group());
    }

    private GroupPlace place(LedgerEntry entry, GroupPart part, long group) throws SQLException {
        GroupRows.place(connection, entry.id(), group, part.lead(), true);
        LedgerGroup now = GroupRows.group(connection, group).orElseThrow();
        boolean complete = now.leads() == Groups.LEADS && !GroupRows.isReported(connection, group);
        GroupRows.arrange(connection, group, due(now, complete, part));
        return complete ? GroupPlace.COMPLETE : GroupPlace.WAITS;
    }

    /** A group that was read before waits for further changes: where one lead is corrected, others may be. */
    private Instant due(LedgerGroup group, boolean atOnce, GroupPart part) {
        Instant now = clock.instant();
        if (atOnce) {
            return now;
        }
        return group.due().isAfter(now) ? group.due() : now.plus(part.waiting());
    }

    /** Takes the older ones of some versions out of their groups; those that wait end. */
    void leave(LedgerEntry entry, List<GroupRows.Version> versions) throws SQLException {
        Instant now = clock.instant();
        for (GroupRows.Version version : versions) {
            if (!version.present() || version.isNewerThan(entry)) {
                continue;
            }
            GroupMember member = version.member();
            GroupRows.absent(connection, member.id());
            if (GroupRows.end(connection, member.id(), Groups.SUPERSEDED, "a newer version of it has come", now)) {
                told.ignored(member, Groups.SUPERSEDED);
            }
            LedgerGroup group = GroupRows.group(connection, version.group()).orElseThrow();
            GroupRows.arrange(connection, group.id(), group.due());
        }
    }
}
