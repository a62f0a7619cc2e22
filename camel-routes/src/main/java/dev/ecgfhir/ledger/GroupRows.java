package dev.ecgfhir.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements on groups and their rows. The caller holds the source's lock where it writes. */
final class GroupRows {
    /** A row that is not to lead comes later, in case that the one which is does not come to its end. */
    private static final Duration BEHIND_THE_LEADER = Duration.ofMinutes(5);

    private static final String MEMBER = "select e.id, e.resource, e.version, e.source_updated, e.state, m.group_id,"
            + " m.lead_name, m.present from ledger_group_member m join ledger_entry e on e.id = m.entry_id";

    private GroupRows() {}

    /** A version of an Observation that was of a group, present or not. */
    record Version(GroupMember member, long group, boolean present) {
        /** Tells whether it is newer than a row. */
        boolean isNewerThan(LedgerEntry entry) {
            return new VersionOrder(member.version(), member.sourceUpdated(), member.id())
                    .isNewerThan(VersionOrder.of(entry));
        }
    }

    static boolean ensureLock(Connection connection, String source) throws SQLException {
        try {
            return Sql.update(
                            connection,
                            "insert into ledger_group_lock (source) select ? where not exists"
                                    + " (select 1 from ledger_group_lock where source = ?)",
                            source,
                            source)
                    == 1;
        } catch (SQLException e) {
            if (Sql.UNIQUE_VIOLATION.equals(e.getSQLState())) {
                return false; // another thread or node was first
            }
            throw e;
        }
    }

    static void lock(Connection connection, String source) throws SQLException {
        Sql.query(
                connection,
                "select source from ledger_group_lock where source = ? for update",
                row -> row.getString("source"),
                source);
    }

    /** Returns the other versions of a row's Observation that are or were of a group. */
    static List<Version> versions(Connection connection, LedgerEntry entry) throws SQLException {
        return Sql.query(
                connection,
                MEMBER + " where e.source = ? and e.resource = ? and e.id <> ? order by e.id",
                GroupRows::version,
                entry.source(),
                entry.resource(),
                entry.id());
    }

    private static Version version(ResultSet row) throws SQLException {
        String lead = row.getString("lead_name");
        GroupMember member = new GroupMember(
                row.getLong("id"),
                row.getString("resource"),
                row.getString("version"),
                Sql.instant(row, "source_updated"),
                lead == null ? "" : lead,
                State.valueOf(row.getString("state")));
        return new Version(member, row.getLong("group_id"), row.getBoolean("present"));
    }

    static Optional<LedgerGroup> group(Connection connection, long id) throws SQLException {
        List<GroupMember> members = Sql.query(
                connection,
                MEMBER + " where m.group_id = ? and m.present = true order by e.id",
                row -> version(row).member(),
                id);
        Optional<Long> inDelivery = Sql.query(
                        connection,
                        "select e.id from ledger_group_member m join ledger_entry e on e.id = m.entry_id"
                                + " where m.group_id = ? and e.state = 'INTERPRETED' order by e.id",
                        row -> row.getLong("id"),
                        id)
                .stream()
                .findFirst();
        return Sql.query(
                        connection,
                        "select source, due_at from ledger_group where id = ?",
                        row -> new LedgerGroup(
                                id, row.getString("source"), Sql.instant(row, "due_at"), members, inDelivery),
                        id)
                .stream()
                .findFirst();
    }

    /** Returns the group of which a row is a present member. */
    static Optional<Long> groupOf(Connection connection, long entry) throws SQLException {
        return Sql.query(
                        connection,
                        "select group_id from ledger_group_member where entry_id = ? and present = true",
                        row -> row.getLong("group_id"),
                        entry)
                .stream()
                .findFirst();
    }

    /** Returns the groups that a part could be of. */
    static List<Long> matching(Connection connection, String source, GroupPart part) throws SQLException {
        return Sql.query(
                connection,
                "select id from ledger_group where source = ? and group_key = ? and effective_at >= ?"
                        + " and effective_at <= ? order by id",
                row -> row.getLong("id"),
                source,
                part.key(),
                part.effective().minus(part.tolerance()),
                part.effective().plus(part.tolerance()));
    }

    static long begin(Connection connection, String source, GroupPart part, Instant due) throws SQLException {
        return Sql.insert(
                        connection,
                        "insert into ledger_group (source, group_key, effective_at, due_at) values (?, ?, ?, ?)",
                        source,
                        part.key(),
                        part.effective(),
                        due)
                .orElseThrow();
    }

    /** Writes a row's place, or changes it. */
    static void place(Connection connection, long entry, long group, @Nullable String lead, boolean present)
            throws SQLException {
        String flag = present ? "true" : "false";
        int rows = Sql.update(
                connection,
                "update ledger_group_member set group_id = ?, lead_name = ?, present = " + flag + " where entry_id = ?",
                group,
                lead,
                entry);
        if (rows == 0) {
            Sql.update(
                    connection,
                    "insert into ledger_group_member (entry_id, group_id, lead_name, present) values (?, ?, ?, " + flag
                            + ")",
                    entry,
                    group,
                    lead);
        }
    }

    static void absent(Connection connection, long entry) throws SQLException {
        Sql.update(connection, "update ledger_group_member set present = false where entry_id = ?", entry);
    }

    /** Says when a group is due, and lets its leader come then and the others after it. Rows in work are left alone. */
    static void arrange(Connection connection, long id, Instant due) throws SQLException {
        Sql.update(connection, "update ledger_group set due_at = ? where id = ?", due, id);
        LedgerGroup group = group(connection, id).orElseThrow();
        boolean leads = true;
        for (GroupMember member : group.members()) {
            if (member.state() == State.DISCOVERED) {
                Sql.update(
                        connection,
                        "update ledger_entry set available_at = ?, reason = ?, detail = ? where id = ?"
                                + " and state = 'DISCOVERED' and lease is null",
                        leads ? due : due.plus(BEHIND_THE_LEADER),
                        Groups.WAITS,
                        group.leads() + " of " + Groups.LEADS + " leads are there",
                        member.id());
                leads = false;
            }
        }
    }

    /** Ends a row that waits or is in work, for whatever worker: IGNORED. */
    static boolean end(Connection connection, long entry, String reason, String detail, Instant now)
            throws SQLException {
        return Sql.update(
                        connection,
                        "update ledger_entry set state = 'IGNORED', reason = ?, detail = ?, lease = null,"
                                + " finished_at = ? where id = ? and state = 'DISCOVERED'",
                        reason,
                        detail,
                        now,
                        entry)
                == 1;
    }

    /** Tells whether a group has ever been read by a network. */
    static boolean isReported(Connection connection, long group) throws SQLException {
        return !Sql.query(
                        connection,
                        "select e.id from ledger_group_member m join ledger_entry e on e.id = m.entry_id"
                                + " where m.group_id = ? and e.model_hash is not null limit 1",
                        row -> row.getLong("id"),
                        group)
                .isEmpty();
    }
}
