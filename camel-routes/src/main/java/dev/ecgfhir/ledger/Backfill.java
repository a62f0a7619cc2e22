package dev.ecgfhir.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * A job that gives the ECGs of a source's archive their rows.
 *
 * @param id its number
 * @param order what was asked for
 * @param state where it stands
 * @param reason stable code of why it failed, or of what it last waited for
 * @param detail what was found; no patient data
 * @param revision counts its changes
 * @param cursor how far it has come, in the form of whoever does it; empty at the beginning
 * @param done how much of it is done, in units of its own
 * @param all how much there is, in the same units; 0 while that is not known
 * @param counts what it has met with so far
 * @param createdAt when it was ordered
 * @param updatedAt when it changed last
 * @param finishedAt when it was done, failed or was cancelled
 */
public record Backfill(
        long id,
        BackfillOrder order,
        State state,
        Optional<String> reason,
        Optional<String> detail,
        long revision,
        String cursor,
        long done,
        long all,
        Counts counts,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> finishedAt) {
    /** Where a job stands. */
    public enum State {
        /** It is worked on, or is next. */
        RUNNING,
        /** It waits until somebody resumes it. */
        PAUSED,
        /** All is in the ledger. */
        DONE,
        /** It cannot go on; it can be resumed once the cause is mended. */
        FAILED,
        /** Somebody has ended it. What it had found stays. */
        CANCELLED
    }

    /**
     * What a job has met with. A stretch that is read again is counted again.
     *
     * @param found ECGs
     * @param discovered those of them that were new
     * @param passed resources that are no ECGs by the source's query
     * @param bad lines that cannot be read
     */
    public record Counts(long found, long discovered, long passed, long bad) {}

    /** Returns the part that is done, 0..1; empty while that is not known. */
    public Optional<Double> fraction() {
        if (state == State.DONE) {
            return Optional.of(1.0);
        }
        return all > 0 ? Optional.of(Math.min(1, (double) done / all)) : Optional.empty();
    }
}
