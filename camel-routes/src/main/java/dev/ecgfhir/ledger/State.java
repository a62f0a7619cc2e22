package dev.ecgfhir.ledger;

/** Where a row stands. The names are stored; {@code docs/ledger.md} has the diagram. */
public enum State {
    /** Seen on its source, to be interpreted. */
    DISCOVERED(false),
    /** Interpreted; the finished report waits in the outbox. */
    INTERPRETED(false),
    /** The report is on its target. No way leads out of here. */
    DELIVERED(true),
    /** An ECG that cannot be interpreted; the reason says why. */
    REFUSED(true),
    /** Not ours to interpret, or overtaken by a newer version. */
    IGNORED(true),
    /** Given up; a person must look, and can have it replayed. */
    DEAD(true);

    private final boolean isFinished;

    State(boolean isFinished) {
        this.isFinished = isFinished;
    }

    /** Tells whether nothing more is done with such a row by itself. */
    public boolean isFinished() {
        return isFinished;
    }
}
