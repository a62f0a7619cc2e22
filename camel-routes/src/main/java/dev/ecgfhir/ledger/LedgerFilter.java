package dev.ecgfhir.ledger;

import java.util.Optional;

/**
 * Which rows are asked for, in the order in which they were discovered.
 *
 * @param state only this state
 * @param source only this source
 * @param afterId only rows after this one: the last id of the page before; 0 for the first page
 * @param limit most rows, 1..1000
 */
public record LedgerFilter(Optional<State> state, Optional<String> source, long afterId, int limit) {
    /** Checks the range. */
    public LedgerFilter {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("limit must be in 1..1000, was " + limit);
        }
    }

    /** Returns the first 1000 rows, whatever their state. */
    public static LedgerFilter all() {
        return new LedgerFilter(Optional.empty(), Optional.empty(), 0, 1000);
    }

    /** Returns the first 1000 rows of a state. */
    public static LedgerFilter in(State state) {
        return new LedgerFilter(Optional.of(state), Optional.empty(), 0, 1000);
    }

    /** Returns the same rows from after a row on. */
    public LedgerFilter after(long id) {
        return new LedgerFilter(state, source, id, limit);
    }
}
