package dev.ecgfhir.routes;

/** Why a backfill failed, or what it waits for. The names are stable codes: they stand in the ledger and are never used anew. */
public enum BackfillReason {
    /** Waits: the source does not answer, or says "not now". */
    SOURCE_UNAVAILABLE,
    /** Waits: the source answers 401 or 403. */
    SOURCE_NOT_ALLOWED,
    /** Waits: as many ECGs of the archive as the settings allow wait to be interpreted. */
    QUEUE_FULL,
    /** Failed: the source refuses what it is asked for, for good. */
    ARCHIVE_REJECTED
}
