package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.topic.R4SubscriptionTopicBuilder;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import dev.ecgfhir.fhir.source.FhirClients;
import dev.ecgfhir.ledger.Backfill;
import dev.ecgfhir.ledger.BackfillOrder;
import dev.ecgfhir.ledger.LedgerEntry;
import dev.ecgfhir.ledger.State;
import dev.ecgfhir.ledger.SubscriptionState;
import dev.ecgfhir.repository.Hospital;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * This product and HAPI's JPA server as the source: what its own subscriptions tell, what is deleted on it, what it exports. While a
 * subscription is in force it is polled once a day, so that what is found is found because it was told.
 */
class HospitalTest {
    private static final Path RECORDING =
            Path.of("..", "fhir-adapter", "src", "test", "resources", "recordings", "fhir", "ptbxl_00002.json");
    private static final String TOPIC = "http://hospital.example/topics/observations";
    private static final String EMPTY = "one";
    private static final String FULL = "two";
    private static final String BACKPORT = "three";
    private static final String ARCHIVE = "four";
    private static final String PATIENTS = "five";
    private static final String GROUP = "six";
    private static Hospital hospital;
    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        hospital = Hospital.started();
        client(BACKPORT).create().resource(topic()).execute();
        hospital.learnTopics();
        int port = freePort();
        Map<String, String> settings = new HashMap<>(Map.of(
                "server.port",
                String.valueOf(port),
                "ecgfhir.public-url",
                "http://localhost:" + port,
                "ecgfhir.data-directory",
                data.toString(),
                "ecgfhir.model.demonstration",
                "true",
                "ecgfhir.repository.enabled",
                "false",
                "ecgfhir.targets.results.url",
                TestServer.server().fhirUrl()));
        source(settings, EMPTY, Map.of("subscription", "rest-hook"));
        source(settings, FULL, Map.of("subscription", "rest-hook", "subscription-payload", "full-resource"));
        source(
                settings,
                BACKPORT,
                Map.of("subscription", "backport", "subscription-topic", TOPIC, "subscription-heartbeat", "0s"));
        archive(settings, ARCHIVE, "$export");
        archive(settings, PATIENTS, "Patient/$export");
        archive(settings, GROUP, "Group/clinic/$export");
        server = Server.start(settings);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A source whose archive no search looks at. */
    private static void archive(Map<String, String> settings, String name, String export) {
        source(
                settings,
                name,
                Map.of("query", "code=urn:ward|" + name, "begin", "now", "poll-interval", "24h", "export", export));
    }

    private static void source(Map<String, String> settings, String name, Map<String, String> more) {
        String prefix = "ecgfhir.sources." + name + ".";
        settings.put(prefix + "url", hospital.url(name));
        settings.put(prefix + "query", "identifier=urn:ward|" + name);
        settings.put(prefix + "poll-interval", "200ms");
        settings.put(prefix + "subscription-poll-interval", "24h");
        settings.put(prefix + "deletions-interval", "1s");
        settings.put(prefix + "target", "results");
        more.forEach((key, value) -> settings.put(prefix + key, value));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static org.hl7.fhir.r4.model.Basic topic() {
        return new R4SubscriptionTopicBuilder()
                .setUrl(TOPIC)
                .setStatus(Enumerations.PublicationStatus.ACTIVE)
                .addResourceTrigger()
                .setResourceTriggerResource("Observation")
                .addResourceTriggerSupportedInteraction("create")
                .build();
    }

    private static IGenericClient client(String name) {
        return FhirClients.client(hospital.url(name), FhirClients.Limits.defaults());
    }

    private static void until(Callable<Boolean> holds) {
        await().atMost(Duration.ofMinutes(2)).until(holds);
    }

    private static SubscriptionState state(String name) {
        return server.ledger().subscriptions().find(hospital.url(name)).orElseThrow();
    }

    /** Waits until the server has activated what we asked for, and what was there before is found. */
    private static void awaitActive(String name) {
        until(() -> state(name).standing() == SubscriptionState.Standing.ACTIVE
                && !state(name).searchIsWished());
    }

    private static String stored(String name) throws IOException {
        return stored(name, new Reference());
    }

    private static String stored(String name, Reference patient) throws IOException {
        Observation ecg =
                FhirContext.forR4Cached().newJsonParser().parseResource(Observation.class, Files.readString(RECORDING));
        ecg.setSubject(patient);
        ecg.addIdentifier().setSystem("urn:ward").setValue(name);
        ecg.getCode().addCoding().setSystem("urn:ward").setCode(name);
        return client(name).create().resource(ecg).execute().getId().getIdPart();
    }

    private static Optional<LedgerEntry> row(String name, String id) {
        return server.ledger().find(hospital.url(name), "Observation/" + id, "1");
    }

    private static LedgerEntry awaitReport(String name, String id) {
        until(() -> row(name, id).filter(one -> one.state() == State.DELIVERED).isPresent());
        return row(name, id).orElseThrow();
    }

    private static List<DiagnosticReport> reports(LedgerEntry row) {
        Bundle found = DeliveredReport.search("DiagnosticReport?identifier=https://ecgfhir.dev/identifier/report%7C"
                + row.reportIdentifier().orElseThrow());
        return found.getEntry().stream()
                .map(entry -> (DiagnosticReport) entry.getResource())
                .toList();
    }

    private static void is_reported_because_it_was_told(String name) throws IOException {
        awaitActive(name);
        long taken = hospital.taken(state(name).resourceId().orElseThrow());

        LedgerEntry row = awaitReport(name, stored(name));

        assertThat(reports(row)).hasSize(1);
        until(() -> hospital.taken(state(name).resourceId().orElseThrow()) == taken + 1); // and not sent again
        assertThat(hospital.refused()).isEmpty();
    }

    @Test
    void an_empty_rest_hook_is_followed_by_a_search() throws IOException {
        is_reported_because_it_was_told(EMPTY);
    }

    @Test
    void a_rest_hook_with_the_resource_brings_its_row() throws IOException {
        is_reported_because_it_was_told(FULL);
    }

    @Test
    void a_topic_of_the_backport_brings_its_row_and_is_counted() throws IOException {
        awaitActive(BACKPORT);
        long before = state(BACKPORT).lastEvent();
        is_reported_because_it_was_told(BACKPORT);
        assertThat(state(BACKPORT).lastEvent()).isEqualTo(before + 1);

        is_reported_because_it_was_told(BACKPORT);
        assertThat(state(BACKPORT).lastEvent()).isEqualTo(before + 2);
    }

    @Test
    void health_and_metrics_tell_how_a_subscription_stands() {
        awaitActive(EMPTY);

        assertThat(TestServer.get(server, "/actuator/health").body()).contains(", subscription ACTIVE, last heard 20");
        assertThat(TestServer.get(server, "/actuator/prometheus").body())
                .contains("ecgfhir_source_subscription{name=\"" + EMPTY + "\"} 1.0")
                .containsPattern("ecgfhir_source_subscription_silence_seconds\\{name=\"" + EMPTY + "\"\\} \\d");
    }

    @Test
    void an_ecg_that_is_deleted_takes_its_report_with_it() throws IOException {
        awaitActive(FULL);
        String id = stored(FULL);
        LedgerEntry row = awaitReport(FULL, id);

        client(FULL).delete().resourceById("Observation", id).execute();

        until(() -> reports(row).get(0).getStatus() == DiagnosticReport.DiagnosticReportStatus.ENTEREDINERROR);
        assertThat(reports(row)).hasSize(1);
    }

    @Test
    void an_export_of_the_whole_server_fills_in_what_no_search_has_found() throws IOException {
        awaitBegun(ARCHIVE);
        exportFinds(ARCHIVE, List.of(stored(ARCHIVE)));
    }

    @Test
    void an_export_of_all_patients_fills_in_their_ecgs() throws IOException {
        awaitBegun(PATIENTS);
        exportFinds(PATIENTS, List.of(stored(PATIENTS, patient()), stored(PATIENTS, patient())));
    }

    @Test
    void an_export_of_a_group_fills_in_its_patients_ecgs_and_no_other() throws IOException {
        awaitBegun(GROUP);
        Reference member = patient();
        Group group = new Group().setType(Group.GroupType.PERSON).setActual(true);
        group.setId("clinic");
        group.addMember().setEntity(member);
        client(GROUP).update().resource(group).execute();
        stored(GROUP, patient());
        exportFinds(GROUP, List.of(stored(GROUP, member)));
    }

    private static Reference patient() {
        return new Reference(client(PATIENTS)
                .create()
                .resource(new Patient())
                .execute()
                .getId()
                .toUnqualifiedVersionless()
                .getValue());
    }

    /** Waits until the first look has found nothing; what is stored from then on is not looked for. */
    private static void awaitBegun(String name) {
        until(() -> server.ledger().feeds().cursor(hospital.url(name)).isPresent());
    }

    private static void exportFinds(String name, List<String> ecgs) {
        Backfill job = server.ledger().backfills().start(BackfillOrder.export(name));
        until(() -> {
            hospital.work();
            return server.ledger().backfills().find(job.id()).orElseThrow().state() != Backfill.State.RUNNING;
        });

        Backfill ended = server.ledger().backfills().find(job.id()).orElseThrow();
        assertThat(ended.state()).as(ended.toString()).isEqualTo(Backfill.State.DONE);
        assertThat(ended.counts().found()).isEqualTo(ecgs.size());
        ecgs.forEach(ecg -> awaitReport(name, ecg));
    }
}
