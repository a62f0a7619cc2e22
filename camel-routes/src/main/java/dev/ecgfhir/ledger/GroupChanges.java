package dev.ecgfhir.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Changes groups of a source, one change at a time on all nodes; listeners hear of it when it is stored. Safe to share between threads. */
final class GroupChanges {
    private final Sql sql;
    private final Consumer<LedgerListener.Change> listener;
    private final Set<String> locks = ConcurrentHashMap.newKeySet();

    GroupChanges(Sql sql, Consumer<LedgerListener.Change> listener) {
        this.sql = sql;
        this.listener = listener;
    }

    /** What is done under the source's lock, in one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T in(Connection connection, Told told) throws SQLException;
    }

    /** What listeners are to be told of. Not safe to share between threads. */
    static final class Told {
        private final String source;
        private final List<LedgerListener.Change> changes = new ArrayList<>();

        private Told(String source) {
            this.source = source;
        }

        void of(LedgerEntry entry, State state, String reason) {
            changes.add(
                    new LedgerListener.Change(entry.id(), source, entry.resource(), entry.version(), state, reason));
        }

        void ignored(GroupMember member, String reason) {
            changes.add(new LedgerListener.Change(
                    member.id(), source, member.resource(), member.version(), State.IGNORED, reason));
        }
    }

    <T> T make(String source, String what, Work<T> work) {
        if (!locks.contains(source)) {
            sql.statements("preparing groups of " + source, connection -> GroupRows.ensureLock(connection, source));
            locks.add(source);
        }
        Told told = new Told(source);
        T result = sql.transaction(what, connection -> {
            GroupRows.lock(connection, source);
            return work.in(connection, told);
        });
        told.changes.forEach(listener);
        return result;
    }
}
