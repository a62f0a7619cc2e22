package dev.ecgfhir.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * One row: one version of one recording of one source.
 *
 * @param id the row
 * @param source the source's base address
 * @param resource type and id, {@code Observation/7}
 * @param version the source's version
 * @param sourceUpdated when the source wrote this version, by its clock
 * @param state where it stands
 * @param reason stable code: why it was refused, ignored or given up, or why it waits
 * @param detail what was found and expected; no patient data
 * @param priority which rows are taken first
 * @param attempts how often it was claimed in this state
 * @param failures how many of these attempts ended in a crash or an error of our own, the one in progress included
 * @param availableAt from when it can be claimed
 * @param target where its report goes; empty before it is interpreted
 * @param modelHash {@code sha256:<hex>} of the model that read it
 * @param reportIdentifier the report's identifier value
 * @param discoveredAt when we saw it first
 * @param interpretedAt when its report was finished
 * @param finishedAt when it was delivered, refused, ignored or given up
 */
public record LedgerEntry(
        long id,
        String source,
        String resource,
        String version,
        Instant sourceUpdated,
        State state,
        Optional<String> reason,
        Optional<String> detail,
        Priority priority,
        int attempts,
        int failures,
        Instant availableAt,
        Optional<String> target,
        Optional<String> modelHash,
        Optional<String> reportIdentifier,
        Instant discoveredAt,
        Optional<Instant> interpretedAt,
        Optional<Instant> finishedAt) {
    /** Returns when its report was delivered. */
    public Optional<Instant> deliveredAt() {
        return state == State.DELIVERED ? finishedAt : Optional.empty();
    }

    /**
     * Tells whether it is a newer version than another one of the same recording: by number where versions are numbers, else by the source's
     * clock.
     */
    public boolean isNewerThan(LedgerEntry other) {
        return VersionOrder.of(this).isNewerThan(VersionOrder.of(other));
    }

    /** Tells whether its version is a number. */
    public boolean isNumbered() {
        return VersionOrder.of(this).isNumbered();
    }

    /** Returns source, resource and version in one line for messages and logs, without anything of a patient. */
    public String name() {
        return source + "/" + resource + " version " + version;
    }
}
