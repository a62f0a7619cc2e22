package dev.ecgfhir.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.ledger.Claim;
import dev.ecgfhir.ledger.Discovery;
import dev.ecgfhir.ledger.FinishedReport;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerEntry;
import dev.ecgfhir.ledger.Priority;
import dev.ecgfhir.ledger.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sources whose versions are no numbers, as UUIDs: the ledger's order decides where the target cannot tell which report is newer. */
class UnnumberedVersionsTest {
    private static final String ECG = "Observation/9";
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(1);

    @RegisterExtension
    final TestSite site = new TestSite();

    private FhirTestServer server;
    private Ledger ledger;

    @BeforeEach
    void start() {
        server = site.server();
        ledger = site.ledger();
    }

    private void run() throws Exception {
        site.run(
                new RoutesConfig(
                        List.of(site.hospital().build()),
                        List.of(),
                        new WorkConfig(2, 2, LEASE, Duration.ofMillis(50)),
                        new RetryConfig(Duration.ofMillis(20), Duration.ofMillis(50), 3)),
                Ecgs.interpreter());
    }

    /** Returns a report as it waits in the outbox; nothing runs then. */
    private String report() throws Exception {
        server.failing(request -> FhirTestServer.isTransaction(request) ? 503 : 0);
        server.observations.store(Ecgs.observation("1"));
        run();
        await("Observation/1", "1", State.INTERPRETED);
        site.stopRoutes();
        server.working();
        return ledger.outbox()
                .report(ledger.find(server.url(), "Observation/1", "1")
                        .orElseThrow()
                        .id())
                .orElseThrow();
    }

    private Claim claimed(String version, Instant written) {
        ledger.discover(server.url(), List.of(new Discovery(ECG, version, written, Priority.URGENT)));
        Claim claim = ledger.claimDiscovered(List.of(server.url()), 1, LEASE).get(0);
        assertThat(claim.entry().version()).isEqualTo(version);
        return claim;
    }

    private void interpreted(Claim claim, String report) {
        ledger.interpreted(claim, new FinishedReport("sha256:m", claim.entry().version(), "hospital", report));
    }

    private LedgerEntry await(String resource, String version, State state) {
        Until.holds(
                resource + " version " + version + " is " + state,
                () -> ledger.find(server.url(), resource, version)
                        .filter(row -> row.state() == state)
                        .isPresent());
        return ledger.find(server.url(), resource, version).orElseThrow();
    }

    @Test
    void the_report_of_an_older_version_does_not_come_after_that_of_a_newer_one() throws Exception {
        String report = report();
        Claim older = claimed("zeta", NOON);
        Claim newer = claimed("alpha", NOON.plusSeconds(60));
        interpreted(newer, report);
        interpreted(older, report);
        run();

        await(ECG, "alpha", State.DELIVERED);
        assertThat(await(ECG, "zeta", State.IGNORED).reason()).contains("SUPERSEDED");
    }

    @Test
    void the_report_of_an_older_version_does_not_come_after_the_withdrawal() throws Exception {
        String report = report();
        Claim newer = claimed("alpha", NOON.plusSeconds(60));
        ledger.ignored(newer, "WITHDRAWN", "there is no report of it");
        interpreted(claimed("zeta", NOON), report);
        run();

        assertThat(await(ECG, "zeta", State.IGNORED).detail()).contains("a newer version has withdrawn the ECG");
    }
}
