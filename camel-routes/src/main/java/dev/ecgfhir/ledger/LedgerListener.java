package dev.ecgfhir.ledger;

/** Is told what became of rows. */
@FunctionalInterface
public interface LedgerListener {
    /**
     * A row has come to a state; called after the change is stored, in the thread that made it, only for changes made through the same
     * {@link Ledger} object. Must return quickly; what it throws is logged and changes nothing.
     *
     * @param change what happened
     */
    void changed(Change change);

    /**
     * What happened.
     *
     * @param id the row
     * @param source the source's base address
     * @param resource type and id
     * @param version the source's version
     * @param state where it stands now
     * @param reason stable code, empty where the state needs none
     */
    record Change(long id, String source, String resource, String version, State state, String reason) {}
}
