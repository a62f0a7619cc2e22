package dev.ecgfhir.fhir.report;

import static dev.ecgfhir.fhir.report.Contents.atrialFibrillation;
import static dev.ecgfhir.fhir.report.Contents.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import dev.ecgfhir.fhir.server.TestFhirServer;
import dev.ecgfhir.fhir.source.HttpFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over HTTP, against HAPI's own REST layer with transactions in memory. */
class ReportSinkTest {
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

    @Test
    void delivers_a_report_under_its_own_ids() {
        ReportContent content = ecg("1").build();
        deliver(content);

        DiagnosticReport report = report(content);
        assertThat(report.getResult()).hasSize(4);
        assertThat(references()).isNotEmpty().allSatisfy(this::isThere);
        assertThat(server.store().all("Device")).hasSize(1);
        assertThat(server.store().all("Provenance")).hasSize(1);
    }

    @Test
    void names_the_version_of_the_recording_on_the_server() {
        deliver(ecg("3").build());

        assertThat(server.store().all("Observation"))
                .allSatisfy(one -> assertThat(
                                ((Observation) one).getDerivedFromFirstRep().getReference())
                        .isEqualTo("Observation/7/_history/3"));
    }

    @Test
    void has_nothing_to_do_when_the_same_report_is_there() {
        ReportContent content = ecg("1").build();
        deliver(content);

        ReportContent again = ecg("1").issued("2026-11-25T00:00:00Z").build();
        assertThat(prepare(again)).isEqualTo(new Delivery.AlreadyThere(address(content)));
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void does_not_replace_what_another_writer_made_a_moment_before(boolean transactions, boolean ifNoneMatch) {
        server.behaviour().transactions = transactions;
        server.behaviour().ifNoneMatch = ifNoneMatch;
        ReportContent content = ecg("1").build();
        Bundle first = ((Delivery.Send) prepare(content)).bundle();
        Bundle second =
                ((Delivery.Send) prepare(ecg("1").issued("2026-11-25T00:00:00Z").build())).bundle();

        write(first);
        HttpFailure refused = HttpFailure.of(catchThrowableOfType(RuntimeException.class, () -> write(second)));

        assertThat(refused.status())
                .hasValueSatisfying(status -> assertThat(status).isIn(409, 412));
        assertThat(server.store().versionsOf(address(content))).isEqualTo(1);
        assertThat(prepare(content)).isEqualTo(new Delivery.AlreadyThere(address(content)));
    }

    private void write(Bundle bundle) {
        if (sink.capabilities().transaction()) {
            client.transaction().withBundle(bundle).execute();
        } else {
            sink.writeOneByOne(bundle);
        }
    }

    @Test
    void replaces_the_report_of_an_older_version_and_withdraws_what_is_no_longer_found() {
        ReportContent first = ecg("1").build();
        deliver(first);
        ReportContent second = content()
                .from(server.base(), "Observation/7", "2")
                .finding(
                        "NORMAL SINUS RHYTHM",
                        "Normal sinus rhythm",
                        0.9,
                        "equivalent",
                        "426783006",
                        "Normal sinus rhythm")
                .build();
        deliver(second);

        assertThat(server.store().all("DiagnosticReport")).hasSize(1);
        assertThat(report(second).getConclusion())
                .contains("Normal sinus rhythm")
                .doesNotContain("fibrillation (");
        Observation withdrawn = (Observation) server.store()
                .current("Observation/" + ReportIdentity.of(first).findingId(Contents.index("ATRIAL FIBRILLATION")));
        assertThat(withdrawn.getStatus()).isEqualTo(Observation.ObservationStatus.ENTEREDINERROR);
        assertThat(server.store().all("Provenance"))
                .as("each version keeps its own")
                .hasSize(2);
        assertThat(prepare(second)).isInstanceOf(Delivery.AlreadyThere.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void brings_a_withdrawn_finding_back_when_it_is_found_again(boolean ours) {
        server.behaviour().updateCreate = ours;
        String source = "Observation/" + ours;
        deliver(ecg("1").from(server.base(), source, "1").build());
        deliver(content().from(server.base(), source, "2").build());
        deliver(ecg("3").from(server.base(), source, "3").build());

        assertThat(server.store().all("DiagnosticReport")).hasSize(1);
        assertThat(server.store().all("Observation"))
                .as("with ids of ours: %s", ours)
                .hasSize(4)
                .allSatisfy(one -> assertThat(((Observation) one).getStatus())
                        .isEqualTo(Observation.ObservationStatus.PRELIMINARY));
    }

    @Test
    void amends_a_report_that_a_person_has_confirmed_as_it_stood_when_the_recording_is_corrected() {
        deliver(ecg("1").build());
        ReportContent second = ecg("2").build();
        server.store().put(confirmed(report(second)));
        deliver(second);

        DiagnosticReport amended = report(second);
        assertThat(server.store().all("DiagnosticReport")).hasSize(1);
        assertThat(amended.getStatus()).isEqualTo(DiagnosticReport.DiagnosticReportStatus.AMENDED);
        assertThat(amended.getConclusion()).startsWith("Amended: the ECG was corrected");
        assertThat(amended.getText().getDivAsString()).contains("Nobody has confirmed this one yet");
        assertThat(amended.hasResultsInterpreter())
                .as("nobody has read the new one")
                .isFalse();
        assertThat(server.store().all("Provenance"))
                .flatExtracting(one -> ((Provenance) one).getEntity())
                .filteredOn(entity -> entity.getRole() == Provenance.ProvenanceEntityRole.REVISION)
                .singleElement()
                .satisfies(revised -> {
                    assertThat(revised.getWhat().getReference()).endsWith("/_history/2");
                    assertThat(revised.getAgentFirstRep().getWho().getReference())
                            .isEqualTo("Practitioner/5");
                });
        assertThat(prepare(second)).isInstanceOf(Delivery.AlreadyThere.class);
    }

    @Test
    void amends_again_what_it_has_amended() {
        deliver(ecg("1").build());
        server.store().put(confirmed(report(ecg("1").build())));
        deliver(ecg("2").build());
        deliver(ecg("3").build());

        assertThat(report(ecg("3").build()).getStatus()).isEqualTo(DiagnosticReport.DiagnosticReportStatus.AMENDED);
        assertThat(server.store().all("DiagnosticReport")).hasSize(1);
    }

    @Test
    void leaves_a_confirmed_report_where_only_our_settings_have_changed() {
        deliver(ecg("1").build());
        server.store().put(confirmed(report(ecg("1").build())));

        assertThat(prepare(ecg("1").settings("other").build()))
                .isEqualTo(new Delivery.NotOverwritten(
                        address(ecg("1").build()), Delivery.Reason.STATUS_CHANGED, "its status is final"));
    }

    @Test
    void leaves_a_report_that_a_person_has_withdrawn() {
        deliver(ecg("1").build());
        server.store().put(report(ecg("1").build()).setStatus(DiagnosticReport.DiagnosticReportStatus.ENTEREDINERROR));

        assertThat(prepare(ecg("2").build()))
                .isEqualTo(new Delivery.NotOverwritten(
                        address(ecg("1").build()), Delivery.Reason.STATUS_CHANGED, "its status is entered-in-error"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void puts_a_new_report_beside_one_whose_words_somebody_changed(boolean ours) {
        server.behaviour().updateCreate = ours;
        deliver(ecg("1").build());
        DiagnosticReport changed =
                (DiagnosticReport) server.store().all("DiagnosticReport").get(0).copy();
        changed.setConclusion("No fibrillation: artefact.");
        changed.setStatus(DiagnosticReport.DiagnosticReportStatus.FINAL);
        server.store().put(changed);
        deliver(ecg("2").build());
        deliver(ecg("3").build());

        assertThat(server.store().all("DiagnosticReport")).hasSize(2);
        assertThat(server.store().all("DiagnosticReport"))
                .anySatisfy(one ->
                        assertThat(((DiagnosticReport) one).getConclusion()).isEqualTo("No fibrillation: artefact."))
                .anySatisfy(one -> {
                    DiagnosticReport beside = (DiagnosticReport) one;
                    assertThat(beside.getStatus()).isEqualTo(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY);
                    assertThat(beside.getConclusion()).contains("was changed by a person and stays as it is");
                    assertThat(((Reference) beside.getExtensionByUrl(Revision.ADDENDUM_OF)
                                            .getValue())
                                    .getReferenceElement()
                                    .getIdPart())
                            .isEqualTo(changed.getIdElement().getIdPart());
                });
        assertThat(references()).isNotEmpty().allSatisfy(this::isThere);
        assertThat(prepare(ecg("3").build())).isInstanceOf(Delivery.AlreadyThere.class);
        assertThat(prepare(ecg("2").build()))
                .isInstanceOfSatisfying(
                        Delivery.NotOverwritten.class,
                        kept -> assertThat(kept.reason()).isEqualTo(Delivery.Reason.NEWER_THERE));
    }

    @Test
    void leaves_a_changed_report_alone_where_only_our_settings_have_changed() {
        deliver(ecg("1").build());
        DiagnosticReport changed = report(ecg("1").build());
        changed.setSubject(new Reference("Patient/8"));
        server.store().put(changed);

        assertThat(prepare(ecg("1").settings("other").build()))
                .isEqualTo(new Delivery.NotOverwritten(
                        address(ecg("1").build()),
                        Delivery.Reason.CONTENT_CHANGED,
                        "it is not what this product wrote"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withdraws_a_report_with_its_results_and_every_report_beside_it(boolean ours) {
        server.behaviour().updateCreate = ours;
        deliver(ecg("1").build());
        Withdrawal order = withdrawal("2");
        send(((Delivery.Send) sink.withdraw(order)).bundle());

        assertThat(server.store().all("DiagnosticReport"))
                .singleElement()
                .satisfies(one -> assertThat(((DiagnosticReport) one).getStatus())
                        .isEqualTo(DiagnosticReport.DiagnosticReportStatus.ENTEREDINERROR));
        assertThat(server.store().all("Observation")).allSatisfy(one -> {
            assertThat(((Observation) one).getStatus()).isEqualTo(Observation.ObservationStatus.ENTEREDINERROR);
            assertThat(((Observation) one).hasValue() || ((Observation) one).hasComponent())
                    .isTrue();
        });
        assertThat(sink.withdraw(order)).isInstanceOf(Delivery.AlreadyThere.class);
        assertThat(server.store().all("Provenance")).hasSize(2);
        assertThat(references()).isNotEmpty().allSatisfy(this::isThere);
        assertThat(prepare(ecg("1").settings("other").build()))
                .as("an older version does not bring it back")
                .isInstanceOfSatisfying(
                        Delivery.NotOverwritten.class,
                        kept -> assertThat(kept.reason()).isEqualTo(Delivery.Reason.NEWER_THERE));
    }

    @Test
    void withdraws_the_report_that_stands_beside_one_that_a_person_has_deleted() {
        ReportContent first = ecg("1").build();
        deliver(first);
        server.store().put(report(first).copy().setConclusion("A person's words"));
        deliver(ecg("2").build());
        server.store().delete(address(first));

        assertThat(sink.withdraw(withdrawal("3")))
                .isInstanceOfSatisfying(Delivery.Send.class, send -> send(send.bundle()));
        assertThat(server.store().all("DiagnosticReport"))
                .singleElement()
                .satisfies(one -> assertThat(((DiagnosticReport) one).getStatus())
                        .isEqualTo(DiagnosticReport.DiagnosticReportStatus.ENTEREDINERROR));
    }

    @Test
    void withdraws_both_reports_that_two_writers_made_at_once_where_the_server_gives_the_ids() {
        server.behaviour().updateCreate = false;
        server.behaviour().conditionalCreate = false;
        Bundle first = ((Delivery.Send) prepare(ecg("1").build())).bundle();
        Bundle second = ((Delivery.Send) prepare(ecg("1").build())).bundle();
        send(first);
        send(second);

        assertThat(sink.withdraw(withdrawal("2")))
                .isInstanceOfSatisfying(Delivery.Send.class, send -> send(send.bundle()));
        assertThat(server.store().all("DiagnosticReport"))
                .hasSize(2)
                .allSatisfy(one -> assertThat(((DiagnosticReport) one).getStatus())
                        .isEqualTo(DiagnosticReport.DiagnosticReportStatus.ENTEREDINERROR));
        assertThat(sink.withdraw(withdrawal("2"))).isInstanceOf(Delivery.AlreadyThere.class);
    }

    @Test
    void does_not_withdraw_what_a_person_has_touched() {
        deliver(ecg("1").build());
        server.store().put(confirmed(report(ecg("1").build())));

        assertThat(sink.withdraw(withdrawal("2")))
                .isEqualTo(new Delivery.NotOverwritten(
                        address(ecg("1").build()), Delivery.Reason.STATUS_CHANGED, "its status is final"));
    }

    private Withdrawal withdrawal(String version) {
        return Withdrawal.of(
                server.base(),
                "Observation/7",
                version,
                Withdrawal.Cause.ENTERED_IN_ERROR,
                List.of(ecg("1").build().modelHash(), "sha256:other"),
                Instant.parse("2026-11-28T01:00:00Z"));
    }

    private static DiagnosticReport confirmed(DiagnosticReport report) {
        report.setStatus(DiagnosticReport.DiagnosticReportStatus.FINAL);
        report.addResultsInterpreter(new Reference("Practitioner/5"));
        return report;
    }

    @Test
    void never_overwrites_a_report_of_which_somebody_changed_a_result() {
        ReportContent content = ecg("1").build();
        deliver(content);
        String id = ReportIdentity.of(content).findingId(Contents.index("ATRIAL FIBRILLATION"));
        Observation refuted = (Observation) server.store().current("Observation/" + id);
        refuted.setStatus(Observation.ObservationStatus.ENTEREDINERROR);
        server.store().put(refuted);

        assertThat(prepare(ecg("1").settings("other").build()))
                .isEqualTo(new Delivery.NotOverwritten(
                        address(content),
                        Delivery.Reason.CONTENT_CHANGED,
                        "its result Observation/" + id + " is not what this product wrote"));
        deliver(ecg("2").build());
        assertThat(((Observation) server.store().current("Observation/" + id)).getStatus())
                .isEqualTo(Observation.ObservationStatus.ENTEREDINERROR);
        assertThat(server.store().all("DiagnosticReport")).hasSize(2);
    }

    @Test
    void does_not_bring_a_deleted_report_back() {
        ReportContent content = ecg("1").build();
        deliver(content);
        server.store().delete(address(content));

        assertThat(prepare(ecg("2").build()))
                .isEqualTo(new Delivery.NotOverwritten(
                        address(content), Delivery.Reason.DELETED, "the report was deleted"));
    }

    @Test
    void does_not_take_what_is_not_ours_for_ours() {
        ReportContent content = ecg("1").build();
        DiagnosticReport foreign = new DiagnosticReport();
        foreign.setId(ReportIdentity.of(content).reportId());
        server.store().put(foreign);

        assertThat(prepare(content))
                .isEqualTo(new Delivery.NotOverwritten(
                        address(content), Delivery.Reason.NOT_OURS, "it does not bear our identifier"));
    }

    @Test
    void does_not_go_back_to_an_older_version_of_the_recording() {
        server.behaviour().stripVersions = true;
        ReportContent newer = ecg("10").build();
        deliver(newer);

        assertThat(prepare(ecg("9").build()))
                .isEqualTo(new Delivery.NotOverwritten(
                        address(newer), Delivery.Reason.NEWER_THERE, "it reports a newer version of the recording"));
    }

    @Test
    void an_update_fails_when_a_person_changes_the_report_in_between() {
        ReportContent content = ecg("1").build();
        deliver(content);
        Delivery.Send update = (Delivery.Send) prepare(ecg("2").build());
        DiagnosticReport confirmed = report(content);
        confirmed.setStatus(DiagnosticReport.DiagnosticReportStatus.FINAL);
        server.store().put(confirmed);

        assertThat(update.replaces()).isTrue();
        assertThatThrownBy(() -> send(update.bundle())).isInstanceOf(ResourceVersionConflictException.class);
        assertThat(report(content).getStatus()).isEqualTo(DiagnosticReport.DiagnosticReportStatus.FINAL);
    }

    @Test
    void creates_conditionally_where_the_server_gives_the_ids() {
        server.behaviour().updateCreate = false;
        ReportContent content = ecg("1").build();
        Delivery.Send first = (Delivery.Send) prepare(content);
        Delivery.Send beforeItWasThere = (Delivery.Send) prepare(content);
        send(first.bundle());
        send(beforeItWasThere.bundle());

        assertThat(server.store().all("DiagnosticReport")).hasSize(1);
        assertThat(server.store().all("Observation")).hasSize(4);
        assertThat(server.store().all("Device")).hasSize(1);
        assertThat(references()).isNotEmpty().allSatisfy(this::isThere);
        assertThat(prepare(content)).isInstanceOf(Delivery.AlreadyThere.class);
    }

    @Test
    void replaces_reports_where_the_server_gives_the_ids() {
        server.behaviour().updateCreate = false;
        deliver(ecg("1").build());
        deliver(ecg("2").build());

        assertThat(server.store().all("DiagnosticReport")).hasSize(1);
        assertThat(server.store().all("Observation")).hasSize(4);
        assertThat(prepare(ecg("2").build())).isInstanceOf(Delivery.AlreadyThere.class);
    }

    @Test
    void creates_after_a_search_where_there_is_no_conditional_create() {
        server.behaviour().updateCreate = false;
        server.behaviour().conditionalCreate = false;
        ReportContent content = ecg("1").build();
        deliver(content);

        assertThat(prepare(content)).isInstanceOf(Delivery.AlreadyThere.class);
        assertThat(sink.capabilities().summary()).contains("two writers at once can make two reports");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writes_one_by_one_where_there_are_no_transactions(boolean ours) {
        server.behaviour().transactions = false;
        server.behaviour().updateCreate = ours;
        ReportContent content =
                ecg("1").from(server.base(), "Observation/" + ours, "1").build();
        assertThat(sink.capabilities().transaction()).isFalse();
        sink.writeOneByOne(((Delivery.Send) prepare(content)).bundle());

        assertThat(references()).isNotEmpty().allSatisfy(this::isThere);
        assertThat(prepare(content)).isInstanceOf(Delivery.AlreadyThere.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takes_a_bundle_that_was_stored_as_json(boolean ours) {
        server.behaviour().updateCreate = ours;
        ReportContent content = ecg("1").fromFile("recording-" + ours + ".json").build();
        Bundle stored = R4.newJsonParser().parseResource(Bundle.class, WRITER.json(content, Optional.empty()));
        send(((Delivery.Send) sink.prepare(stored)).bundle());

        assertThat(references()).isNotEmpty().allSatisfy(this::isThere);
        assertThat(sink.prepare(stored)).isInstanceOf(Delivery.AlreadyThere.class);
    }

    @Test
    void makes_the_device_once_for_all_reports() {
        sink.ensureDevice(AlgorithmDevice.of(ecg("1").build()).toDevice());
        deliver(ecg("1").build());
        sink = new ReportSink(server.client());
        deliver(ecg("2").build());

        Resource device = server.store().all("Device").get(0);
        assertThat(server.store().all("Device")).hasSize(1);
        assertThat(server.store().versionsOf("Device/" + device.getIdElement().getIdPart()))
                .isEqualTo(1);
    }

    @Test
    void a_server_that_is_busy_can_be_asked_again() {
        server.failNext(new TestFhirServer.Fault(503, "30"));

        TargetException thrown = catchThrowableOfType(TargetException.class, () -> prepare(ecg("1").build()));
        assertThat(thrown.retryable()).isTrue();
        assertThat(thrown.retryAfter()).contains(java.time.Duration.ofSeconds(30));
        assertThat(HttpFailure.of(new IllegalStateException("in a route", thrown))
                        .retryAfter())
                .contains(java.time.Duration.ofSeconds(30));
        assertThat(thrown).hasMessageStartingWith("reading the CapabilityStatement at " + server.base());
    }

    private Contents ecg(String version) {
        return atrialFibrillation().from(server.base(), "Observation/7", version);
    }

    private Delivery prepare(ReportContent content) {
        return sink.prepare(WRITER.transaction(content, Optional.of(server.base())));
    }

    private void deliver(ReportContent content) {
        assertThat(prepare(content)).isInstanceOfSatisfying(Delivery.Send.class, send -> send(send.bundle()));
    }

    private void send(Bundle bundle) {
        client.transaction().withBundle(bundle).execute();
    }

    private static String address(ReportContent content) {
        return "DiagnosticReport/" + ReportIdentity.of(content).reportId();
    }

    private DiagnosticReport report(ReportContent content) {
        return (DiagnosticReport) server.store().current(address(content));
    }

    /** References of what is stored to what was written with it. */
    private Set<String> references() {
        return List.of("DiagnosticReport", "Observation", "Provenance").stream()
                .flatMap(type -> server.store().all(type).stream())
                .flatMap(resource ->
                        R4.newTerser().getAllPopulatedChildElementsOfType(resource, Reference.class).stream())
                .map(Reference::getReference)
                .filter(reference -> reference != null
                        && !reference.matches("(Patient|Encounter|ServiceRequest)/.*|Observation/(7|true|false)/.*"))
                .collect(Collectors.toSet());
    }

    private void isThere(String reference) {
        assertThat(server.store().current(reference)).isNotNull();
    }
}
