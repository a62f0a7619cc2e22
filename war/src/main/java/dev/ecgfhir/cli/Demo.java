package dev.ecgfhir.cli;

import dev.ecgfhir.cli.DeviceGateway.Stored;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerEntry;
import dev.ecgfhir.ledger.State;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the bundled recordings the whole way on a running server: posts them, waits until the routes have done their work, reads the
 * reports back. What became of a recording comes from the ledger, what was found in it from the FHIR API.
 */
final class Demo {
    /** Without any progress for so long the rest will not come. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration LOOK = Duration.ofMillis(200);

    private final String fhirUrl;
    private final Ledger ledger;
    private final Clock clock;
    private final DemoProgress progress;

    /**
     * Makes a demonstration.
     *
     * @param fhirUrl the server's FHIR endpoint, which is also the source's address in the ledger
     * @param ledger the server's ledger
     * @param clock the time
     * @param progress is told how far it is
     */
    Demo(String fhirUrl, Ledger ledger, Clock clock, DemoProgress progress) {
        this.fhirUrl = fhirUrl;
        this.ledger = ledger;
        this.clock = clock;
        this.progress = progress;
    }

    private record Posted(DemoRecording recording, Stored stored, Instant at) {}

    /**
     * Runs it.
     *
     * @param recordings what is posted
     * @return one row for each recording, in their order
     * @throws IOException if the server does not take a recording
     */
    List<DemoRow> run(List<DemoRecording> recordings) throws IOException, InterruptedException {
        DeviceGateway gateway = new DeviceGateway(fhirUrl);
        List<Posted> posted = new ArrayList<>();
        for (DemoRecording recording : recordings) {
            posted.add(new Posted(recording, gateway.post(recording), clock.instant()));
            progress.show(recordings.size(), posted.size(), states(posted));
        }
        waitFor(posted);
        PublishedReports reports = new PublishedReports(fhirUrl);
        return posted.stream().map(one -> row(one, reports)).toList();
    }

    private DemoRow row(Posted posted, PublishedReports reports) {
        Optional<LedgerEntry> entry = entry(posted);
        boolean delivered = entry.map(row -> row.state() == State.DELIVERED).orElse(false);
        String resource = posted.stored().resource();
        return new DemoRow(
                posted.recording(), resource, posted.at(), entry, delivered ? reports.on(resource) : Optional.empty());
    }

    private void waitFor(List<Posted> posted) throws InterruptedException {
        List<State> before = List.of();
        Instant lastChange = clock.instant();
        while (true) {
            List<State> states = states(posted);
            progress.show(posted.size(), posted.size(), states);
            if (states.size() == posted.size() && states.stream().allMatch(State::isFinished)) {
                return;
            }
            if (!states.equals(before)) {
                before = states;
                lastChange = clock.instant();
            } else if (Duration.between(lastChange, clock.instant()).compareTo(PATIENCE) > 0) {
                return; // the table says what is not finished
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    /** Returns the states of those that were found. */
    private List<State> states(List<Posted> posted) {
        return posted.stream()
                .flatMap(one -> entry(one).stream())
                .map(LedgerEntry::state)
                .toList();
    }

    private Optional<LedgerEntry> entry(Posted posted) {
        return ledger.find(fhirUrl, posted.stored().resource(), posted.stored().version());
    }
}
