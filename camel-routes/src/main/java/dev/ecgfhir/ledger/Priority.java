package dev.ecgfhir.ledger;

/** Which rows are taken first: those with the lowest stored number. */
public enum Priority {
    /** Before everything else. */
    URGENT(0),
    /** What a poll finds. */
    ROUTINE(1),
    /** Old recordings, when nothing else waits. */
    BACKFILL(2);

    private final int stored;

    Priority(int stored) {
        this.stored = stored;
    }

    int stored() {
        return stored;
    }

    static Priority of(int stored) {
        for (Priority priority : values()) {
            if (priority.stored == stored) {
                return priority;
            }
        }
        throw new IllegalStateException("the ledger has a row of priority " + stored + ", expected 0..2");
    }
}
