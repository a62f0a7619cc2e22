package dev.ecgfhir.benchmark;

import dev.ecgfhir.ledger.Claim;
import dev.ecgfhir.ledger.Discovery;
import dev.ecgfhir.ledger.FinishedReport;
import dev.ecgfhir.ledger.GroupPart;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerEntry;
import dev.ecgfhir.ledger.LedgerGroup;
import dev.ecgfhir.ledger.Priority;
import dev.ecgfhir.ledger.Term;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What the routes ask a ledger for one ECG, from its discovery to its delivery, with the time of each step. */
final class LedgerWay {
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final String BUNDLE = "x".repeat(20_000);
    private static final List<String> LEADS =
            List.of("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6");

    private final Ledger ledger;
    private final Term term;
    private final Map<String, List<Double>> steps = new LinkedHashMap<>();

    LedgerWay(Ledger ledger) {
        this.ledger = ledger;
        this.term = ledger.duties("benchmark", Duration.ofHours(1))
                .take("poll", "benchmark-" + System.nanoTime())
                .orElseThrow();
    }

    /** Returns the milliseconds of each step so far, by the step's name. */
    Map<String, List<Double>> steps() {
        return steps;
    }

    /** Takes one ECG all the way. */
    void ecg(String resource) {
        long begin = System.nanoTime();
        Claim found = found(resource);
        step("versions before reading", () -> ledger.versions(FilledLedger.SOURCE, resource));
        step(
                "store report",
                () -> ledger.interpreted(found, new FinishedReport("sha256:ab", resource, "main", BUNDLE)));
        deliver(resource);
        note("one ECG", begin);
    }

    /** Takes one ECG of twelve Observations all the way. */
    void joined(String resource) {
        long begin = System.nanoTime();
        Instant effective = Instant.now();
        List<Claim> parked = new ArrayList<>();
        for (String lead : LEADS) {
            Claim claim = found(resource + "-" + lead);
            GroupPart part = new GroupPart(resource, effective, lead, Duration.ofSeconds(1), Duration.ofMinutes(1));
            step("place a lead", () -> ledger.groups().park(claim, part, false));
            parked.add(claim);
        }
        Claim leader = step("claim leader", () -> ledger.claimDiscovered(List.of(FilledLedger.SOURCE), 1, LEASE))
                .get(0);
        LedgerGroup group =
                step("group", () -> ledger.groups().of(leader.entry().id())).orElseThrow();
        step(
                "store report of a group",
                () -> ledger.groups()
                        .interpreted(leader, group, new FinishedReport("sha256:ab", resource, "main", BUNDLE)));
        deliver(parked.get(0).entry().resource());
        note("one joined ECG", begin);
    }

    private Claim found(String resource) {
        step(
                "discover",
                () -> ledger.discover(
                        FilledLedger.SOURCE, List.of(new Discovery(resource, "1", Instant.now(), Priority.ROUTINE))));
        step(
                "save cursor",
                () -> ledger.feeds().save(FilledLedger.SOURCE, "search", "lastUpdated:" + Instant.now(), term));
        return expected(
                resource,
                step("claim to interpret", () -> ledger.claimDiscovered(List.of(FilledLedger.SOURCE), 1, LEASE))
                        .get(0));
    }

    private void deliver(String resource) {
        Claim finished = expected(
                resource,
                step("claim to deliver", () -> ledger.claimDeliverable("main", 1, LEASE))
                        .get(0));
        LedgerEntry entry = finished.entry();
        step("report", () -> ledger.outbox().report(entry.id()));
        step("versions before delivery", () -> ledger.versions(FilledLedger.SOURCE, resource));
        step("delivered", () -> ledger.delivered(finished));
        step("find for the timer", () -> ledger.find(entry.source(), entry.resource(), entry.version()));
    }

    private static Claim expected(String resource, Claim claim) {
        if (!claim.entry().resource().equals(resource)) {
            throw new IllegalStateException("the ledger gave " + claim.entry().resource() + " for " + resource);
        }
        return claim;
    }

    private <T> T step(String name, Supplier<T> step) {
        long begin = System.nanoTime();
        T result = step.get();
        note(name, begin);
        return result;
    }

    private void note(String name, long begin) {
        steps.computeIfAbsent(name, none -> new ArrayList<>()).add((System.nanoTime() - begin) / 1e6);
    }
}
