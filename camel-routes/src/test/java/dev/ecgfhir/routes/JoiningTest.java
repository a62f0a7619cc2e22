package dev.ecgfhir.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerCounts;
import dev.ecgfhir.ledger.LedgerEntry;
import dev.ecgfhir.ledger.LedgerFilter;
import dev.ecgfhir.ledger.State;
import dev.ecgfhir.pipeline.Interpreter;
import dev.ecgfhir.pipeline.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** ECGs whose leads are one Observation each; lead I is Observation/lead-0. */
class JoiningTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofHours(1);

    private static final Interpreter REFUSING =
            recording -> new Outcome.Refused("NO_MODEL", "no model for these leads");

    @RegisterExtension
    final TestSite site = new TestSite();

    private FhirTestServer server;
    private Ledger ledger;

    @BeforeEach
    void open() {
        server = site.server();
        ledger = site.ledger();
    }

    private void run(Duration waiting) throws Exception {
        run(waiting, Ecgs.interpreter());
    }

    private EcgRoutes run(Duration waiting, Interpreter interpreter) throws Exception {
        return site.run(
                site.hospital()
                        .joining(new JoinConfig(Duration.ofSeconds(1), waiting))
                        .build(),
                interpreter);
    }

    /** One lead of the twelve-lead recording. */
    static Observation lead(int number) {
        Observation whole = Ecgs.observation("whole");
        Observation lead = new Observation().setStatus(ObservationStatus.FINAL);
        lead.setCode(whole.getComponent().get(number).getCode());
        lead.setSubject(new Reference("Patient/7"));
        lead.setDevice(new Reference("Device/ecg-cart"));
        lead.setEffective(new DateTimeType("2026-11-28T09:00:00Z"));
        lead.setValue(whole.getComponent().get(number).getValue());
        lead.setId("lead-" + number);
        return lead;
    }

    private void store(int... leads) {
        for (int number : leads) {
            server.observations.store(lead(number));
        }
    }

    private void storeAll() {
        store(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }

    private Optional<LedgerEntry> row(String resource, String version) {
        return ledger.find(server.url(), "Observation/" + resource, version);
    }

    private void awaitReasons(String reason, int rows) {
        Until.holds(rows + " rows are " + reason, () -> rows(reason).count() == rows);
    }

    private Stream<LedgerEntry> rows(String reason) {
        return ledger.entries(LedgerFilter.all()).stream()
                .filter(entry -> entry.reason().filter(reason::equals).isPresent());
    }

    private void await(String what, Supplier<Boolean> holds) {
        Until.holds(what, holds::get);
    }

    private void awaitDelivered(int rows) {
        await(rows + " delivered, the others ended", () -> ledger.counts().delivered() == rows && ended());
    }

    private boolean ended() {
        return ledger.counts().inProgress() == 0;
    }

    private DiagnosticReport report() {
        assertThat(server.reports.getStoredResources()).hasSize(1);
        return server.reports.getStoredResources().get(0);
    }

    private Observation scoresOf(String derivedFrom) {
        return server.observations.getStoredResources().stream()
                .filter(one -> one.getDerivedFrom().stream()
                        .anyMatch(link -> link.getReference().equals(derivedFrom)))
                .filter(one -> one.getComponent().size() > 100)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void twelve_observations_of_one_lead_each_are_one_ecg_with_the_scores_of_the_whole() throws Exception {
        server.observations.store(Ecgs.observation("whole"));
        storeAll();
        run(LONG);
        awaitDelivered(2);

        assertThat(rows("JOINED").count()).isEqualTo(11);
        assertThat(server.reports.getStoredResources()).hasSize(2);
        Observation joined = scoresOf("Observation/lead-0/_history/1");
        Observation whole = scoresOf("Observation/whole/_history/1");
        assertThat(joined.getDerivedFrom()).hasSize(12);
        assertThat(joined.getComponent()).hasSameSizeAs(whole.getComponent());
        for (int i = 0; i < whole.getComponent().size(); i++) {
            assertThat(joined.getComponent()
                            .get(i)
                            .equalsDeep(whole.getComponent().get(i)))
                    .isTrue();
        }
        LedgerCounts counts = ledger.counts();
        assertThat(counts.discovered())
                .isEqualTo(counts.delivered() + counts.refused() + counts.ignored() + counts.dead());
    }

    @Test
    void an_ecg_that_lacks_a_lead_is_refused_once_and_read_when_the_lead_comes() throws Exception {
        store(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11);
        run(SHORT);
        await("refused", () -> ledger.counts().refused() == 1 && ended());

        assertThat(rows("INCOMPLETE_GROUP").findFirst().orElseThrow().detail().orElseThrow())
                .contains("11 of 12 leads came; missing V5");
        assertThat(rows("JOINED").count()).isEqualTo(10);
        assertThat(server.reports.getStoredResources()).isEmpty();
        store(10);
        awaitDelivered(1);
        assertThat(report().getResult()).isNotEmpty();
        assertThat(row("lead-10", "1").orElseThrow().state()).isEqualTo(State.DELIVERED);
    }

    @Test
    void a_late_lead_of_an_ecg_that_was_completed_by_calculation_makes_its_report_anew() throws Exception {
        store(0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11);
        run(SHORT);
        awaitDelivered(1);
        DiagnosticReport first = report();
        server.reports.store(first.copy().setStatus(DiagnosticReportStatus.FINAL)); // a person confirms it
        store(4);
        awaitDelivered(2);

        assertThat(report().getId()).isNotEqualTo(first.getId());
        assertThat(report().getIdElement().getIdPart())
                .isEqualTo(first.getIdElement().getIdPart());
        assertThat(report().getStatus()).isEqualTo(DiagnosticReportStatus.AMENDED);
        assertThat(scoresOf("Observation/lead-4/_history/1").getDerivedFrom()).hasSize(12);
    }

    @Test
    void a_lead_that_is_there_twice_refuses_the_ecg() throws Exception {
        store(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        server.observations.store((Observation) lead(3).setId("copy"));
        run(SHORT);
        await("refused", () -> ledger.counts().refused() == 1 && ended());

        assertThat(rows("AMBIGUOUS_GROUP").findFirst().orElseThrow().detail().orElseThrow())
                .contains("lead aVR is in Observation/copy and in Observation/lead-3");
        assertThat(server.reports.getStoredResources()).isEmpty();
    }

    @Test
    void a_lead_without_subject_or_time_is_refused_by_itself() throws Exception {
        server.observations.store(lead(0).setSubject(new Reference()));
        server.observations.store(lead(1).setEffective(new DateTimeType("2026-11-28")));
        run(SHORT);
        awaitReasons("UNGROUPED_LEAD", 2);
    }

    @Test
    void a_lead_that_becomes_entered_in_error_takes_the_report_with_it_and_another_brings_it_back() throws Exception {
        storeAll();
        run(SHORT);
        awaitDelivered(1);
        server.observations.store(lead(3).setStatus(ObservationStatus.ENTEREDINERROR));
        awaitReasons("WITHDRAWN", 1);

        assertThat(report().getStatus()).isEqualTo(DiagnosticReportStatus.ENTEREDINERROR);
        server.observations.store((Observation) lead(3).setId("better"));
        awaitDelivered(2);
        assertThat(report().getStatus()).isEqualTo(DiagnosticReportStatus.PRELIMINARY);
        assertThat(scoresOf("Observation/better/_history/1").getDerivedFrom())
                .hasSize(12)
                .noneMatch(link -> link.getReference().contains("lead-3"));
    }

    @Test
    void a_lead_that_is_withdrawn_while_it_waits_is_not_read() throws Exception {
        store(0, 1, 3);
        run(LONG);
        awaitReasons("WAITS_FOR_LEADS", 3);
        server.observations.store(lead(3).setStatus(ObservationStatus.ENTEREDINERROR));
        awaitReasons("WITHDRAWN", 1);

        assertThat(row("lead-3", "1").orElseThrow().reason()).contains("SUPERSEDED");
        assertThat(rows("WAITS_FOR_LEADS"))
                .allMatch(entry -> entry.detail().orElseThrow().equals("2 of 12 leads are there"));
    }

    @Test
    void corrected_leads_are_read_together_in_their_newest_versions() throws Exception {
        storeAll();
        run(SHORT);
        awaitDelivered(1);
        for (int number = 0; number < 12; number++) {
            server.observations.store(lead(number).setStatus(ObservationStatus.CORRECTED));
        }
        await(
                "all are newest",
                () -> ended()
                        && server.observations.getStoredResources().stream()
                                .filter(one -> one.getComponent().size() > 100)
                                .allMatch(one -> one.getDerivedFrom().stream()
                                        .allMatch(link -> link.getReference().endsWith("/_history/2"))));
        assertThat(report().getStatus()).isEqualTo(DiagnosticReportStatus.PRELIMINARY);
    }

    @Test
    void leads_that_turn_out_to_be_of_another_patient_take_the_report_with_them() throws Exception {
        storeAll();
        run(SHORT);
        awaitDelivered(1);
        server.observations.store(lead(4).setSubject(new Reference("Patient/8")));
        await("refused", () -> ledger.counts().refused() == 1 && ended());

        assertThat(report().getStatus()).isEqualTo(DiagnosticReportStatus.ENTEREDINERROR);
        assertThat(report().getConclusion()).startsWith("Withdrawn: a lead of the ECG now belongs to another ECG");
        for (int number : new int[] {0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11}) {
            server.observations.store(lead(number).setSubject(new Reference("Patient/8")));
        }
        await("reported again", () -> report().getStatus() == DiagnosticReportStatus.PRELIMINARY && ended());
        assertThat(report().getSubject().getReference()).isEqualTo("Patient/8");
    }

    @Test
    void everything_goes_on_after_a_restart_in_the_middle() throws Exception {
        store(0, 1, 2, 3, 4, 5);
        EcgRoutes before = run(LONG, Ecgs.interpreter());
        awaitReasons("WAITS_FOR_LEADS", 6);
        site.stopRoutes();
        before.detach();
        ledger = site.restart();
        store(6, 7, 8, 9, 10, 11);
        run(LONG);
        awaitDelivered(1);

        assertThat(server.delivered).hasSize(1);
        assertThat(ledger.counts().ignored()).isEqualTo(11);
    }

    @Test
    void two_nodes_over_one_ledger_report_an_ecg_once() throws Exception {
        run(LONG);
        run(LONG);
        storeAll();
        awaitDelivered(1);

        assertThat(server.delivered).hasSize(1);
        assertThat(ledger.counts().ignored()).isEqualTo(11);
    }

    @Test
    void an_ecg_that_the_network_cannot_take_is_refused_once() throws Exception {
        storeAll();
        run(LONG, REFUSING);
        await("refused", () -> ledger.counts().refused() == 1 && ended());

        assertThat(rows("NO_MODEL")).hasSize(1);
        assertThat(rows("JOINED")).hasSize(11);
    }

    @Test
    void without_the_setting_each_is_read_by_itself() throws Exception {
        storeAll();
        site.run(site.hospital().build(), REFUSING);
        awaitReasons("NO_MODEL", 12);
    }
}
