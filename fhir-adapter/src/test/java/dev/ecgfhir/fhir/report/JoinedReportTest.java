package dev.ecgfhir.fhir.report;

import static dev.ecgfhir.fhir.report.Contents.atrialFibrillation;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import dev.ecgfhir.fhir.server.TestFhirServer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports of ECGs whose leads are one Observation each; three stand for twelve. */
class JoinedReportTest {
    private static final FhirContext R4 = FhirContext.forR4Cached();
    private static final ReportWriter WRITER = new ReportWriter(R4, ReportOptions.defaults());

    private TestFhirServer server;
    private IGenericClient client;
    private ReportSink sink;

    @BeforeEach
    void start() {
        server = new TestFhirServer();
        client = server.client();
        sink = new ReportSink(client);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Bundle joined(String... observations) {
        return WRITER.transaction(
                atrialFibrillation()
                        .fromParts(server.base(), List.of(observations))
                        .build(),
                Optional.empty());
    }

    private void deliver(Bundle report) {
        assertThat(sink.prepare(report)).isInstanceOfSatisfying(Delivery.Send.class, this::send);
    }

    private void send(Delivery.Send send) {
        client.transaction().withBundle(send.bundle()).execute();
    }

    private DiagnosticReport report() {
        assertThat(server.store().all("DiagnosticReport")).hasSize(1);
        return (DiagnosticReport) server.store().all("DiagnosticReport").get(0);
    }

    private Withdrawal withdrawnBy(String resource, String version) {
        ReportContent any =
                atrialFibrillation().fromParts(server.base(), List.of("1/1")).build();
        return Withdrawal.of(
                server.base(),
                List.of(resource, "Observation/1"),
                resource,
                version,
                Withdrawal.Cause.ENTERED_IN_ERROR,
                List.of(any.modelHash()),
                Instant.parse("2026-11-28T10:00:00Z"));
    }

    @Test
    void every_observation_is_named_in_its_version_by_results_and_provenance() {
        deliver(joined("1/3", "2/1", "3/2"));

        String[] addresses = {"Observation/1/_history/3", "Observation/2/_history/1", "Observation/3/_history/2"};
        assertThat(server.store().all("Observation"))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(((Observation) one).getDerivedFrom())
                        .extracting(Reference::getReference)
                        .containsExactly(addresses));
        Provenance provenance = (Provenance) server.store().all("Provenance").get(0);
        assertThat(provenance.getEntity())
                .extracting(one -> one.getWhat().getReference())
                .contains(addresses);
        assertThat(provenance.getEntity())
                .extracting(one -> one.getWhat().getIdentifier().getValue())
                .contains(server.base() + "/Observation/2/_history/1");
    }

    @Test
    void the_report_is_that_of_lead_i_and_its_version_is_that_of_all() {
        ReportIdentity joined = identity("1/1", "2/1", "3/1");

        assertThat(identity("1/2", "2/1").baseKey()).isEqualTo(joined.baseKey());
        assertThat(joined.baseKey())
                .isEqualTo(ReportIdentity.of(atrialFibrillation()
                                .from(server.base(), "Observation/1", "1")
                                .build())
                        .baseKey());
        assertThat(identity("1/1", "3/1", "2/1")).isEqualTo(joined);
        assertThat(identity("1/1", "2/1").versionKey()).isNotEqualTo(joined.versionKey());
        assertThat(identity("1/1", "2/2", "3/1").versionKey()).isNotEqualTo(joined.versionKey());
    }

    private ReportIdentity identity(String... observations) {
        return ReportIdentity.of(atrialFibrillation()
                .fromParts(server.base(), List.of(observations))
                .build());
    }

    @Test
    void a_report_of_more_leads_or_of_newer_ones_replaces_and_no_older_one_comes_back() {
        deliver(joined("1/1", "2/1"));
        deliver(joined("1/1", "2/1", "3/1"));
        deliver(joined("1/1", "2/2", "3/1"));

        assertThat(report().getIdElement().getVersionIdPart()).isEqualTo("3");
        assertThat(sink.prepare(joined("1/1", "2/2", "3/1"))).isInstanceOf(Delivery.AlreadyThere.class);
        for (Bundle older : List.of(joined("1/1", "2/1"), joined("1/1", "2/1", "3/1"), joined("1/1", "2/2"))) {
            assertThat(sink.prepare(older))
                    .isInstanceOfSatisfying(
                            Delivery.NotOverwritten.class,
                            kept -> assertThat(kept.reason()).isEqualTo(Delivery.Reason.NEWER_THERE));
        }
    }

    @Test
    void a_lead_that_another_observation_took_over_replaces() {
        deliver(joined("1/1", "2/1", "3/1"));
        deliver(joined("1/1", "2/1", "4/1"));

        assertThat(report().getIdElement().getVersionIdPart()).isEqualTo("2");
    }

    @Test
    void a_confirmed_report_is_amended_by_a_late_lead() {
        deliver(joined("1/1", "2/1"));
        DiagnosticReport confirmed = report().copy().setStatus(DiagnosticReportStatus.FINAL);
        client.update().resource(confirmed).execute();
        deliver(joined("1/1", "2/1", "3/1"));

        assertThat(report().getStatus()).isEqualTo(DiagnosticReportStatus.AMENDED);
    }

    @Test
    void the_withdrawal_of_one_lead_withdraws_the_report() {
        deliver(joined("1/1", "2/1", "3/1"));

        assertThat(sink.withdraw(withdrawnBy("Observation/3", "2")))
                .isInstanceOfSatisfying(Delivery.Send.class, this::send);
        assertThat(report().getStatus()).isEqualTo(DiagnosticReportStatus.ENTEREDINERROR);
        assertThat(sink.withdraw(withdrawnBy("Observation/3", "2"))).isInstanceOf(Delivery.AlreadyThere.class);
        deliver(joined("1/1", "2/1", "4/1"));
        assertThat(report().getStatus()).isEqualTo(DiagnosticReportStatus.PRELIMINARY);
    }

    @Test
    void a_report_that_no_longer_uses_an_observation_is_not_withdrawn_with_it() {
        deliver(joined("1/1", "2/1", "4/1"));

        assertThat(sink.withdraw(withdrawnBy("Observation/3", "2"))).isInstanceOf(Delivery.NothingThere.class);
        assertThat(report().getStatus()).isEqualTo(DiagnosticReportStatus.PRELIMINARY);
    }

    @Test
    void a_newer_version_of_a_lead_is_not_withdrawn_by_an_older_one_whatever_the_versions_of_others() {
        deliver(joined("1/9", "2/1", "3/4"));

        assertThat(sink.withdraw(withdrawnBy("Observation/3", "3"))).isInstanceOf(Delivery.NotOverwritten.class);
        assertThat(sink.withdraw(withdrawnBy("Observation/3", "5"))).isInstanceOf(Delivery.Send.class);
    }
}
