package dev.ecgfhir.routes;

/** Why a backfill failed, or what it waits for. The names are stable codes: they stand in the ledger and are never used anew. */
public enum BackfillReason {
    /** Waits: the source does not answer, or says "not now". */
    SOURCE_UNAVAILABLE,
    /** Waits: the source answers 401 or 403. */
    SOURCE_NOT_ALLOWED,
    /** Waits: as many ECGs of the archive as the settings allow wait to be interpreted. */
    QUEUE_FULL,
    /** Waits: the source prepares its export. */
    EXPORT_IN_PREPARATION,
    /** Failed: the source's query asks for what cannot be told from an exported line. */
    EXPORT_QUERY,
    /** Failed: the source could not do its export, or forgot it, again and again. */
    EXPORT_FAILED,
    /** Failed: the source refuses what it is asked for, for good. */
    ARCHIVE_REJECTED
}
