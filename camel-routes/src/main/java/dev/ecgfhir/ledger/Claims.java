package dev.ecgfhir.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives rows to those who ask for work.
 *
 * <p>A claim locks the rows that it takes and passes over those that another transaction holds, then moves {@code available_at} to the
 * end of its lease: from that instant on a row whose worker has died is claimed like any other. The queries are written in the order of
 * the indexes, so that they read as many entries as they return however long the queue is. How many rows they take stands in their text:
 * PostgreSQL takes a limit that it does not know for a tenth of what is there, and would plan each claim of a large ledger anew.
 *
 * <p>The most urgent rows are taken first, but for one claim in {@value #TURNS} that begins with old rows, and one that begins with those of
 * polls: neither stands still, though more urgent ones come as fast as they are read.
 */
final class Claims {
    private static final String COLUMNS = Entries.COLUMNS;
    private static final String TO_INTERPRET = "select " + COLUMNS + " from ledger_entry"
            + " where state = 'DISCOVERED' and source = ? and priority = ? and available_at <= ?"
            + " order by state, source, priority, available_at limit ";
    private static final String TO_DELIVER = "select " + COLUMNS + " from ledger_entry"
            + " where state = 'INTERPRETED' and target = ? and priority = ? and available_at <= ?"
            + " order by state, target, priority, available_at limit ";
    private static final String LOCKING = " for update skip locked";
    private static final String TAKE = "update ledger_entry set lease = ?, available_at = ?, attempts = attempts + 1,"
            + " failures = failures + 1 where id = ? and state = ? and available_at <= ?";

    /** Of so many claims of a lane one begins with each of the less urgent priorities. */
    static final int TURNS = 20;

    private final String node = UUID.randomUUID().toString();
    private final AtomicLong issued = new AtomicLong();
    private final Map<String, AtomicLong> turns = new ConcurrentHashMap<>();

    List<Claim> discovered(Connection connection, Collection<String> sources, int limit, Instant now, Instant until)
            throws SQLException {
        return claim(connection, TO_INTERPRET, State.DISCOVERED, sources, limit, now, until);
    }

    List<Claim> deliverable(Connection connection, String target, int limit, Instant now, Instant until)
            throws SQLException {
        return claim(connection, TO_DELIVER, State.INTERPRETED, List.of(target), limit, now, until);
    }

    private List<Claim> claim(
            Connection connection,
            String query,
            State state,
            Collection<String> lanes,
            int limit,
            Instant now,
            Instant until)
            throws SQLException {
        AtomicLong turn = turns.computeIfAbsent(state + " " + lanes, none -> new AtomicLong());
        List<Claim> claims = claim(connection, query, state, lanes, order(turn.get()), limit, now, until);
        if (!claims.isEmpty()) {
            turn.incrementAndGet();
        }
        return claims;
    }

    private List<Claim> claim(
            Connection connection,
            String query,
            State state,
            Collection<String> lanes,
            List<Priority> order,
            int limit,
            Instant now,
            Instant until)
            throws SQLException {
        List<Claim> claims = new ArrayList<>();
        for (Priority priority : order) {
            for (String lane : lanes) {
                int wanted = limit - claims.size();
                if (wanted == 0) {
                    return claims;
                }
                for (LedgerEntry entry :
                        Sql.query(connection, query + wanted + LOCKING, Entries::read, lane, priority.stored(), now)) {
                    String lease = node + "/" + issued.incrementAndGet();
                    if (Sql.update(connection, TAKE, lease, until, entry.id(), state.name(), now) == 1) {
                        claims.add(new Claim(taken(entry, until), lease));
                    }
                }
            }
        }
        return claims;
    }

    private static List<Priority> order(long turn) {
        List<Priority> order = new ArrayList<>(List.of(Priority.values()));
        if (turn % TURNS == TURNS - 1) {
            order.remove(Priority.BACKFILL);
            order.add(0, Priority.BACKFILL);
        } else if (turn % TURNS == TURNS / 2 - 1) {
            order.remove(Priority.ROUTINE);
            order.add(0, Priority.ROUTINE);
        }
        return order;
    }

    private static LedgerEntry taken(LedgerEntry entry, Instant until) {
        return new LedgerEntry(
                entry.id(),
                entry.source(),
                entry.resource(),
                entry.version(),
                entry.sourceUpdated(),
                entry.state(),
                entry.reason(),
                entry.detail(),
                entry.priority(),
                entry.attempts() + 1,
                entry.failures() + 1,
                until,
                entry.target(),
                entry.modelHash(),
                entry.reportIdentifier(),
                entry.discoveredAt(),
                entry.interpretedAt(),
                entry.finishedAt());
    }
}
