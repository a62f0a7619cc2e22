package dev.ecgfhir.cli;

import dev.ecgfhir.ledger.LedgerEntry;
import dev.ecgfhir.ledger.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What became of one recording.
 *
 * @param recording the recording
 * @param resource type and id of the stored Observation
 * @param posted when it was stored
 * @param entry its row in the ledger; empty if the polling route has not found it
 * @param report its report as read over the FHIR API
 */
record DemoRow(
        DemoRecording recording,
        String resource,
        Instant posted,
        Optional<LedgerEntry> entry,
        Optional<PublishedReport> report) {
    /** Tells whether it was reported, or refused for a stated reason. */
    boolean isGood() {
        return isReported()
                || (hasState(State.REFUSED)
                        && entry.flatMap(LedgerEntry::reason).isPresent());
    }

    private boolean isReported() {
        return hasState(State.DELIVERED) && report.isPresent();
    }

    private boolean hasState(State state) {
        return entry.map(row -> row.state() == state).orElse(false);
    }

    /** Returns the outcome in words. */
    String outcome() {
        if (entry.isEmpty()) {
            return "NOT FOUND";
        }
        LedgerEntry row = entry.get();
        return switch (row.state()) {
            case DELIVERED -> report.isPresent() ? "reported" : "NO REPORT ON THE SERVER";
            case REFUSED -> "refused " + row.reason().orElse("WITHOUT REASON");
            case IGNORED -> "ignored " + row.reason().orElse("");
            case DEAD -> "GIVEN UP " + row.reason().orElse("");
            case DISCOVERED, INTERPRETED -> "NOT FINISHED " + row.reason().orElse("");
        };
    }

    /** Returns the milliseconds from stored to found; the polling interval is part of it. */
    Optional<Long> foundAfter() {
        return entry.map(row -> millis(posted, row.discoveredAt()));
    }

    /** Returns the milliseconds from found to interpreted or refused. */
    Optional<Long> interpretedAfter() {
        return entry.flatMap(
                row -> row.interpretedAt().or(row::finishedAt).map(end -> millis(row.discoveredAt(), end)));
    }

    /** Returns the milliseconds from interpreted to delivered. */
    Optional<Long> deliveredAfter() {
        return entry.flatMap(row ->
                row.interpretedAt().flatMap(start -> row.deliveredAt().map(end -> millis(start, end))));
    }

    private static long millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }
}
