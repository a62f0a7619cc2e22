package dev.ecgfhir.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerEntry;
import dev.ecgfhir.ledger.Priority;
import dev.ecgfhir.ledger.State;
import java.time.Duration;
import java.util.List;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A servlet container or gateway answers 404 to everything while the FHIR server behind it is deployed anew: nothing may be taken for gone. */
class AbsentServerTest {
    @RegisterExtension
    final TestSite site = new TestSite();

    private FhirTestServer server;
    private FhirTestServer target;
    private Ledger ledger;

    @BeforeEach
    void start() throws Exception {
        server = site.server();
        ledger = site.ledger();
        target = FhirTestServer.start();
        server.observations.store(Ecgs.observation("1"));
    }

    @AfterEach
    void stop() throws Exception {
        site.stopRoutes();
        target.close();
    }

    private void run() throws Exception {
        site.run(
                new RoutesConfig(
                        List.of(site.hospital().reportingTo("archive").build()),
                        List.of(new TargetRouteConfig("archive", target.url(), false)),
                        new WorkConfig(2, 2, Duration.ofMinutes(1), Duration.ofMillis(50)),
                        new RetryConfig(Duration.ofMillis(20), Duration.ofMillis(50), 3)),
                Ecgs.interpreter());
    }

    private LedgerEntry row(String version) {
        return ledger.find(server.url(), "Observation/1", version).orElseThrow();
    }

    private void await(String version, State state) {
        Until.holds(
                "version " + version + " is " + state,
                () -> ledger.find(server.url(), "Observation/1", version)
                        .filter(row -> row.state() == state)
                        .isPresent());
    }

    @Test
    void an_ecg_is_not_taken_for_superseded_while_its_source_is_deployed_anew() throws Exception {
        ledger.discover(server.url(), "Observation/1", "1", Priority.ROUTINE);
        server.failing(request -> 404);
        run();
        Until.holds("it was tried", () -> row("1").attempts() > 1);
        assertThat(row("1").state()).isEqualTo(State.DISCOVERED);
        assertThat(row("1").reason()).contains("SOURCE_UNAVAILABLE");

        server.working();
        await("1", State.DELIVERED);
    }

    @Test
    void a_report_waits_while_its_target_is_deployed_anew() throws Exception {
        target.failing(request -> FhirTestServer.isTransaction(request) ? 404 : 0);
        run();
        Until.holds("several attempts came to nothing", () -> target.faults.size() > 4);
        assertThat(row("1").state()).isEqualTo(State.INTERPRETED);

        target.working();
        await("1", State.DELIVERED);
        assertThat(target.delivered).hasSize(1);
    }

    @Test
    void a_report_is_withdrawn_after_its_target_was_deployed_anew() throws Exception {
        run();
        await("1", State.DELIVERED);
        target.failing(request -> 404);
        server.observations.store(Ecgs.observation("1").setStatus(ObservationStatus.ENTEREDINERROR));
        Until.holds("several attempts came to nothing", () -> target.faults.size() > 4);
        assertThat(row("2").state()).isEqualTo(State.INTERPRETED);

        target.working();
        await("2", State.IGNORED);
        assertThat(target.reports.getStoredResources())
                .singleElement()
                .satisfies(report -> assertThat(report.getStatus()).isEqualTo(DiagnosticReportStatus.ENTEREDINERROR));
    }
}
