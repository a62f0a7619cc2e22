package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.report.Withdrawal;
import dev.ecgfhir.ledger.Claim;
import dev.ecgfhir.ledger.FinishedReport;
import dev.ecgfhir.ledger.GroupReports;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerEntry;
import dev.ecgfhir.ledger.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What happens to our report when its source withdraws the ECG: a version that is entered-in-error, or a deletion.
 *
 * <p>Such a version has a row like any other. It waits until all versions discovered before it have ended, so that no report of theirs
 * comes after it; then the order to withdraw goes through the outbox to the target. The row ends as IGNORED: it is no ECG to read.
 * Safe to share between threads.
 */
final class Withdrawals {
    private static final Set<String> NO_ECG = Set.of(RouteReason.WITHDRAWN.name(), "STATUS");

    private final RouteParts parts;
    private final Ledger ledger;
    private final RowFailures rows;

    Withdrawals(RouteParts parts, RetryConfig retries) {
        this.parts = parts;
        this.ledger = parts.ledger();
        this.rows = new RowFailures(ledger, retries, parts.clock());
    }

    /**
     * Takes a row whose version withdraws the ECG one step on: it waits for earlier versions, puts the order into the outbox, or ends
     * where there is nothing that could be withdrawn.
     *
     * @param claim the row
     * @param lane its source
     * @param cause what the source did
     * @param reason of a row that ends, since nothing was ever reported
     * @param detail likewise
     */
    void order(Claim claim, SourceLane lane, Withdrawal.Cause cause, String reason, String detail) {
        LedgerEntry entry = claim.entry();
        ledger.groups().leave(claim);
        List<LedgerEntry> others = others(entry);
        GroupReports grouped = ledger.groups().reports(entry);
        Optional<LedgerEntry> earlier = others.stream()
                .filter(one -> one.id() < entry.id() && !one.state().isFinished())
                .findFirst();
        if (earlier.isPresent()) {
            postpone(claim, earlier.get());
            return;
        }
        if (!grouped.inDelivery().isEmpty()) {
            rows.postpone(
                    claim,
                    RouteReason.OTHER_VERSION_IN_WORK,
                    "row " + grouped.inDelivery().get(0) + " of the ECG waits for its delivery");
            return;
        }
        List<String> models = Stream.of(
                        others.stream().flatMap(one -> one.modelHash().stream()),
                        grouped.models().stream(),
                        parts.interpreter().modelHashes().stream())
                .flatMap(hashes -> hashes)
                .distinct()
                .toList();
        if (models.isEmpty()) {
            ledger.ignored(claim, reason, detail);
            return;
        }
        List<String> reported = Stream.concat(Stream.of(entry.resource()), grouped.resources().stream())
                .distinct()
                .toList();
        Instant now = parts.clock().instant();
        Withdrawal order =
                Withdrawal.of(entry.source(), reported, entry.resource(), entry.version(), cause, models, now);
        ledger.interpreted(
                claim,
                new FinishedReport(
                        models.get(0),
                        order.key(),
                        lane.target().name(),
                        parts.fhir().newJsonParser().encodeResourceToString(order.toParameters())));
    }

    /**
     * Orders to withdraw the report that a lead was in whose newer version belongs to another ECG. When that is done, the row is DISCOVERED
     * again, and finds its place.
     */
    void orderOfMoved(Claim claim, SourceLane lane) {
        order(
                claim,
                lane,
                Withdrawal.Cause.MOVED,
                RouteReason.LEAD_MOVED.name(),
                "the lead belongs to another ECG, and no model is known that read the one before");
    }

    /**
     * Lets a row wait whose ECG has a newer version that was discovered earlier and is in work: it may withdraw the ECG.
     *
     * @return true if it waits
     */
    boolean waits(Claim claim) {
        LedgerEntry entry = claim.entry();
        Optional<LedgerEntry> newer = others(entry).stream()
                .filter(one -> one.id() < entry.id() && !one.state().isFinished() && one.isNewerThan(entry))
                .findFirst();
        newer.ifPresent(one -> postpone(claim, one));
        return newer.isPresent();
    }

    private void postpone(Claim claim, LedgerEntry other) {
        rows.postpone(
                claim,
                RouteReason.OTHER_VERSION_IN_WORK,
                "version " + other.version() + " of the ECG is still " + other.state());
    }

    /**
     * Lets a report wait, or ends its row, where a newer version of its ECG has come first: one that has withdrawn the ECG; and one whose
     * report is there or is about to be, where the target could not tell: versions are no numbers, or another model has read it.
     *
     * @return true if the report may not be sent now
     */
    boolean holdsBack(Claim claim) {
        LedgerEntry entry = claim.entry();
        List<LedgerEntry> newer =
                others(entry).stream().filter(one -> one.isNewerThan(entry)).toList();
        if (newer.stream()
                .anyMatch(one -> one.state() == State.IGNORED
                        && one.reason().filter(NO_ECG::contains).isPresent())) {
            ledger.ignored(claim, RouteReason.SUPERSEDED.name(), "a newer version has withdrawn the ECG");
            return true;
        }
        List<LedgerEntry> untold = newer.stream()
                .filter(one -> !(one.isNumbered() && entry.isNumbered())
                        || !one.modelHash().equals(entry.modelHash()))
                .toList();
        if (untold.stream().anyMatch(one -> one.state() == State.DELIVERED)) {
            ledger.ignored(claim, RouteReason.SUPERSEDED.name(), "a newer version of the ECG is reported");
            return true;
        }
        Optional<LedgerEntry> waiting =
                untold.stream().filter(one -> one.state() == State.INTERPRETED).findFirst();
        waiting.ifPresent(one -> postpone(claim, one));
        return waiting.isPresent();
    }

    private List<LedgerEntry> others(LedgerEntry entry) {
        List<LedgerEntry> others = new ArrayList<>(ledger.versions(entry.source(), entry.resource()));
        others.removeIf(one -> one.id() == entry.id());
        return others;
    }
}
