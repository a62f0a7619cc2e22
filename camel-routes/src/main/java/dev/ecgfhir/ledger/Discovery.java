package dev.ecgfhir.ledger;

import java.time.Instant;

/**
 * One version of a recording, as a source showed it.
 *
 * @param resource type and id, {@code Observation/7}; at most 200 characters
 * @param version the source's version; at most 100 characters
 * @param sourceUpdated when the source wrote this version, by its clock
 * @param priority which rows are taken first
 * @param spread what belongs together has the same number, 0..65535, so that nodes can keep it in order; many patients share one
 */
public record Discovery(String resource, String version, Instant sourceUpdated, Priority priority, int spread) {
    private static final int NUMBERS = 0x10000;

    /** Checks the range. */
    public Discovery {
        if (spread < 0 || spread >= NUMBERS) {
            throw new IllegalArgumentException("spread must be in 0..65535, was " + spread);
        }
    }

    /** Makes one of which only the versions of the same recording are known to belong together. */
    public Discovery(String resource, String version, Instant sourceUpdated, Priority priority) {
        this(resource, version, sourceUpdated, priority, Math.floorMod(resource.hashCode(), NUMBERS));
    }
}
