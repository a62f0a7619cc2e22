package dev.ecgfhir.ledger;

import java.util.List;

/**
 * A stretch of an archive that was read.
 *
 * @param rows the ECGs in it
 * @param passed how many resources in it are no ECGs
 * @param bad how many lines of it cannot be read
 * @param cursor where the next stretch begins; at most 4000 characters
 * @param done how much of the job is done then, in units of its own
 * @param all how much there is; 0 while that is not known
 */
public record BackfillStep(List<Discovery> rows, long passed, long bad, String cursor, long done, long all) {
    /** Copies the rows. */
    public BackfillStep {
        rows = List.copyOf(rows);
    }
}
