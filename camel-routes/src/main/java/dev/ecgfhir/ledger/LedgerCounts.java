package dev.ecgfhir.ledger;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many rows stand where, of one instant.
 *
 * <p>{@code discovered() = delivered() + refused() + ignored() + dead() + inProgress()}: each row has exactly one state.
 *
 * @param rows rows in each state; every state is a key
 */
public record LedgerCounts(Map<State, Long> rows) {
    /** Copies the map and fills up what is missing. */
    public LedgerCounts {
        Map<State, Long> all = new EnumMap<>(State.class);
        for (State state : State.values()) {
            all.put(state, rows.getOrDefault(state, 0L));
        }
        rows = Collections.unmodifiableMap(all);
    }

    /** Returns the rows in one state. */
    public long of(State state) {
        return rows.getOrDefault(state, 0L);
    }

    /** Returns all rows that there ever were. */
    public long discovered() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the rows whose report is on its target. */
    public long delivered() {
        return of(State.DELIVERED);
    }

    /** Returns the rows that cannot be interpreted. */
    public long refused() {
        return of(State.REFUSED);
    }

    /** Returns the rows that are not ours to interpret. */
    public long ignored() {
        return of(State.IGNORED);
    }

    /** Returns the rows that were given up. */
    public long dead() {
        return of(State.DEAD);
    }

    /** Returns the rows that wait for interpretation or delivery, or are being worked on. */
    public long inProgress() {
        return of(State.DISCOVERED) + of(State.INTERPRETED);
    }
}
