package dev.ecgfhir.routes;

import java.util.regex.Pattern;

/**
 * What is to be done with what a source had before we came, and how its archive is read.
 *
 * @param pollsArchive true if the first poll reads all that the source has; false if it begins with what is written from then on, and
 *     what was before is left to backfills
 * @param rate most new ECGs a minute of a backfill that names none itself; 0 for no limit
 * @param longestQueue a backfill waits while as many of its ECGs wait to be interpreted
 * @param export the operation of an export below the base address: {@code $export}, {@code Patient/$export} or {@code
 *     Group/ID/$export}
 */
public record ArchiveConfig(boolean pollsArchive, int rate, int longestQueue, String export) {
    private static final Pattern EXPORT = Pattern.compile("(Patient/|Group/[A-Za-z0-9.-]{1,64}/)?\\$export");

    /** Checks the ranges. */
    public ArchiveConfig {
        if (rate < 0 || longestQueue < 1) {
            throw new IllegalArgumentException(
                    "rate must be at least 0 and the longest queue at least 1, were " + rate + " and " + longestQueue);
        }
        if (!isExport(export)) {
            throw new IllegalArgumentException(
                    "export must be $export, Patient/$export or Group/ID/$export, was '" + export + "'");
        }
    }

    /** Tells whether a text is an operation that exports. */
    public static boolean isExport(String operation) {
        return EXPORT.matcher(operation).matches();
    }

    /** Returns an archive that the first poll reads, without a limit, with 10,000 ECGs in the queue, exported as a whole. */
    public static ArchiveConfig defaults() {
        return new ArchiveConfig(true, 0, 10_000, "$export");
    }

    /** Returns the same, where the first poll begins with what is written from then on. */
    public ArchiveConfig leftToBackfills() {
        return new ArchiveConfig(false, rate, longestQueue, export);
    }

    /** Returns the same with another longest queue. */
    public ArchiveConfig queueing(int ecgs) {
        return new ArchiveConfig(pollsArchive, rate, ecgs, export);
    }
}
