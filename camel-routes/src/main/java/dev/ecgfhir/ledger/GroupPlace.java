package dev.ecgfhir.ledger;

/** What became of a row that looked for its group. */
public enum GroupPlace {
    /** It waits for other leads. */
    WAITS,
    /** With it all leads are there: the group is due. */
    COMPLETE,
    /** It could be of more than one group; nothing was changed. */
    AMBIGUOUS,
    /** An earlier version of it stands in a report of another group, which has to be withdrawn first; nothing was changed. */
    LEAVES_A_REPORT,
    /** A newer version of the same Observation is known: the row ended as IGNORED. */
    SUPERSEDED,
    /** The row is another worker's by now; nothing was changed. */
    LOST
}
