package dev.ecgfhir.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.fhir.report.Withdrawal;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerEntry;
import dev.ecgfhir.ledger.LedgerFilter;
import dev.ecgfhir.ledger.Priority;
import dev.ecgfhir.ledger.State;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of our report when its source takes the ECG back. */
class WithdrawalTest {
    @RegisterExtension
    final TestSite site = new TestSite();

    private FhirTestServer server;
    private Ledger ledger;

    @BeforeEach
    void open() {
        server = site.server();
        ledger = site.ledger();
    }

    private void run() throws Exception {
        site.run(site.hospital().build(), Ecgs.interpreter());
    }

    private LedgerEntry ended(String version, State state) {
        Predicate<LedgerEntry> ended = entry -> entry.state() == state;
        Until.holds(
                "version " + version + " is " + state,
                () -> ledger.find(server.url(), "Observation/1", version)
                        .filter(ended)
                        .isPresent());
        return ledger.find(server.url(), "Observation/1", version).orElseThrow();
    }

    private void inError() {
        server.observations.store(Ecgs.observation("1").setStatus(ObservationStatus.ENTEREDINERROR));
    }

    private DiagnosticReport report() {
        assertThat(server.reports.getStoredResources()).hasSize(1);
        return server.reports.getStoredResources().get(0);
    }

    private List<Observation> results() {
        return report().getResult().stream()
                .map(Reference::getReferenceElement)
                .map(id -> server.observations.getStoredResources().stream()
                        .filter(one -> one.getIdElement().getIdPart().equals(id.getIdPart()))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    @Test
    void an_ecg_that_becomes_entered_in_error_takes_its_report_with_it_once() throws Exception {
        server.observations.store(Ecgs.observation("1"));
        run();
        ended("1", State.DELIVERED);
        inError();
        LedgerEntry row = ended("2", State.IGNORED);

        assertThat(row.reason()).contains("WITHDRAWN");
        assertThat(report().getStatus()).isEqualTo(DiagnosticReportStatus.ENTEREDINERROR);
        assertThat(report().getConclusion()).startsWith("Withdrawn: the ECG was marked as entered in error");
        assertThat(report().getConclusionCode()).isEmpty();
        assertThat(report().getIdElement().getVersionIdPart()).isEqualTo("2");
        assertThat(results())
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.getStatus()).isEqualTo(ObservationStatus.ENTEREDINERROR));
        assertThat(server.provenances.getStoredResources())
                .anySatisfy(
                        one -> assertThat(one.getActivity().getCodingFirstRep().getCode())
                                .isEqualTo("NULLIFY"));
        assertThat(ledger.counts().discovered()).isEqualTo(2);
        assertThat(ledger.counts().delivered()).isEqualTo(1);
        assertThat(ledger.counts().inProgress()).isZero();
        assertThat(ledger.outbox().report(row.id())).isEmpty();
    }

    @Test
    void an_ecg_that_is_corrected_after_its_withdrawal_is_reported_again() throws Exception {
        server.observations.store(Ecgs.observation("1"));
        run();
        ended("1", State.DELIVERED);
        inError();
        ended("2", State.IGNORED);
        server.observations.store(Ecgs.observation("1"));
        ended("3", State.DELIVERED);

        assertThat(report().getStatus()).isEqualTo(DiagnosticReportStatus.PRELIMINARY);
        assertThat(results()).allSatisfy(one -> assertThat(one.getStatus()).isEqualTo(ObservationStatus.PRELIMINARY));
    }

    @Test
    void a_correction_that_another_model_reads_takes_the_report_before_it_away() throws Exception {
        server.observations.store(Ecgs.observation("1"));
        run();
        ended("1", State.DELIVERED);
        Observation corrected = FhirTestServer.FHIR.newJsonParser().parseResource(Observation.class, Ecgs.singleLead());
        corrected.setId("1");
        server.observations.store(corrected);
        ended("2", State.DELIVERED);

        assertThat(server.reports.getStoredResources())
                .hasSize(2)
                .anySatisfy(one -> {
                    assertThat(one.getStatus()).isEqualTo(DiagnosticReportStatus.ENTEREDINERROR);
                    assertThat(one.getConclusion()).startsWith("Withdrawn: the ECG was corrected at its source");
                })
                .anySatisfy(one -> assertThat(one.getStatus()).isEqualTo(DiagnosticReportStatus.PRELIMINARY));
    }

    @Test
    void an_ecg_that_was_deleted_takes_its_report_with_it() throws Exception {
        server.observations.store(Ecgs.observation("1"));
        run();
        ended("1", State.DELIVERED);
        FhirTestServer.FHIR
                .newRestfulGenericClient(server.url())
                .delete()
                .resourceById(new IdType("Observation/1"))
                .execute();
        ledger.discover(server.url(), "Observation/1", "2", Priority.ROUTINE); // what a history feed does

        assertThat(ended("2", State.IGNORED).reason()).contains("WITHDRAWN");
        assertThat(report().getStatus()).isEqualTo(DiagnosticReportStatus.ENTEREDINERROR);
        assertThat(report().getConclusion()).startsWith("Withdrawn: the ECG was deleted");
    }

    @Test
    void a_report_that_a_person_has_confirmed_is_left_as_it_is_and_somebody_is_told() throws Exception {
        server.observations.store(Ecgs.observation("1"));
        run();
        ended("1", State.DELIVERED);
        server.reports.store(report().copy().setStatus(DiagnosticReportStatus.FINAL));
        inError();

        assertThat(ended("2", State.DEAD).reason()).contains("STATUS_CHANGED");
        assertThat(report().getStatus()).isEqualTo(DiagnosticReportStatus.FINAL);
    }

    @Test
    void an_ecg_that_was_never_reported_has_nothing_to_withdraw() throws Exception {
        inError();
        run();

        assertThat(ended("1", State.IGNORED).detail().orElseThrow()).contains("no report");
        assertThat(server.reports.getStoredResources()).isEmpty();
    }

    @Test
    void a_report_that_waits_for_its_target_does_not_come_after_its_own_withdrawal() throws Exception {
        server.failing(request -> FhirTestServer.isTransaction(request) ? 503 : 0);
        server.observations.store(Ecgs.observation("1"));
        run();
        ended("1", State.INTERPRETED);
        inError();
        Until.holds(
                "the withdrawal waits",
                () -> ledger.find(server.url(), "Observation/1", "2")
                        .flatMap(LedgerEntry::reason)
                        .filter("OTHER_VERSION_IN_WORK"::equals)
                        .isPresent());
        server.working();

        ended("2", State.IGNORED);
        ended("1", State.DELIVERED);
        assertThat(report().getStatus()).isEqualTo(DiagnosticReportStatus.ENTEREDINERROR);
    }

    @Test
    void an_older_version_that_is_found_or_replayed_later_does_not_bring_a_withdrawn_ecg_back() throws Exception {
        server.failing(request -> FhirTestServer.isTransaction(request) ? 422 : 0);
        server.observations.store(Ecgs.observation("1"));
        run();
        LedgerEntry dead = ended("1", State.DEAD);
        server.working();
        inError();
        ended("2", State.IGNORED);
        assertThat(ledger.replays().again(dead.id())).isTrue();

        assertThat(ended("1", State.IGNORED).reason()).contains("SUPERSEDED");
        assertThat(server.reports.getStoredResources()).isEmpty();
        assertThat(ledger.entries(LedgerFilter.all())).hasSize(2);
    }

    @Test
    void an_order_to_withdraw_is_read_back_as_it_was_stored() {
        Withdrawal order = Withdrawal.of(
                "http://ecg.example.org/fhir/",
                "Observation/7",
                "3",
                Withdrawal.Cause.DELETED,
                List.of("sha256:a", "sha256:b", "sha256:a"),
                Instant.parse("2026-11-28T01:02:03.004Z"));

        assertThat(Withdrawal.of(order.toParameters())).isEqualTo(order);
        assertThat(order.recording()).isEqualTo("http://ecg.example.org/fhir/Observation/7/_history/3");
        assertThat(order.baseKeys()).hasSize(2);
    }
}
