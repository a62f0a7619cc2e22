package dev.ecgfhir.routes;

import dev.ecgfhir.ledger.Backfill;

/** Reads an archive for one backfill, a stretch at a time. What it remembers beside the job's cursor only saves work. */
interface ArchiveReading extends AutoCloseable {
    /**
     * Reads on.
     *
     * @param job as it stands: everything before its cursor is in the ledger
     * @throws dev.ecgfhir.fhir.source.SourceException if the source cannot be read now
     */
    Stretch next(Backfill job);

    /** Is told that it will not be asked for a while. */
    default void rest() {}

    /** Gives back connections; a new reading goes on from the job's cursor. */
    @Override
    default void close() {}
}
