package dev.ecgfhir.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.fhir.report.ReportOptions;
import dev.ecgfhir.fhir.source.FhirClients;
import dev.ecgfhir.inference.BusyException;
import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.Urgency;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerEntry;
import dev.ecgfhir.ledger.Priority;
import dev.ecgfhir.ledger.State;
import dev.ecgfhir.pipeline.Interpreter;
import dev.ecgfhir.pipeline.Outcome;
import dev.ecgfhir.pipeline.ReadingRequest;
import dev.ecgfhir.terminology.Terminology;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

class EcgRoutesTest {
    /** Rare sweeps and polls after the first: what passes without them was woken. */
    private static final Duration NEVER = Duration.ofHours(1);

    @RegisterExtension
    final TestSite site = new TestSite();

    private FhirTestServer server;
    private Ledger ledger;

    @BeforeEach
    void open() {
        server = site.server();
        ledger = site.ledger();
    }

    private SourceRouteConfig source() {
        return site.hospital().build();
    }

    private void run() throws Exception {
        site.run(source(), Ecgs.interpreter());
    }

    private static RoutesConfig config(List<SourceRouteConfig> sources, List<TargetRouteConfig> targets) {
        return new RoutesConfig(sources, targets, TestSite.work(), TestSite.retries());
    }

    private LedgerEntry row(String resource, String version) {
        return ledger.find(server.url(), resource, version).orElseThrow();
    }

    private void awaitState(String resource, String version, State state) {
        Until.holds(
                resource + " version " + version + " is " + state,
                () -> ledger.find(server.url(), resource, version)
                                .map(LedgerEntry::state)
                                .orElse(null)
                        == state);
    }

    @Test
    void an_ecg_comes_back_as_a_report() throws Exception {
        server.observations.store(Ecgs.observation("1"));
        run();
        awaitState("Observation/1", "1", State.DELIVERED);

        assertThat(server.reports.getStoredResources()).hasSize(1);
        DiagnosticReport report = server.reports.getStoredResources().get(0);
        assertThat(report.getStatus()).isEqualTo(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY);
        assertThat(report.getIdentifierFirstRep().getValue())
                .isEqualTo(row("Observation/1", "1").reportIdentifier().orElseThrow());
        assertThat(server.observations.getStoredResources())
                .anySatisfy(one ->
                        assertThat(one.getDerivedFromFirstRep().getReference()).isEqualTo("Observation/1/_history/1"));
        assertThat(server.devices.getStoredResources()).hasSize(1);
    }

    @Test
    void the_logging_context_names_the_row_at_each_step() throws Exception {
        Map<State, String> logged = new ConcurrentHashMap<>();
        ledger.addListener(change -> logged.put(change.state(), String.valueOf(MDC.get("ecg"))));
        server.observations.store(Ecgs.observation("1"));
        run();
        awaitState("Observation/1", "1", State.DELIVERED);

        String row = String.valueOf(row("Observation/1", "1").id());
        Until.holds("the listener was told", () -> logged.containsKey(State.DELIVERED));
        assertThat(logged).containsEntry(State.INTERPRETED, row).containsEntry(State.DELIVERED, row);
    }

    @Test
    void our_own_results_are_not_interpreted() throws Exception {
        server.observations.store(Ecgs.observation("1"));
        run();
        awaitState("Observation/1", "1", State.DELIVERED);
        server.observations.store(Ecgs.observation("2"));
        awaitState("Observation/2", "1", State.DELIVERED);
        assertThat(ledger.counts().delivered()).isEqualTo(2);
        assertThat(ledger.counts().inProgress()).isZero();
        assertThat(server.delivered).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void an_ecg_passes_all_routes_without_a_sweep() throws Exception {
        server.observations.store(Ecgs.observation("1"));
        WorkConfig withoutSweeps = new WorkConfig(1, 1, Duration.ofMinutes(1), NEVER);
        site.run(new RoutesConfig(List.of(source()), List.of(), withoutSweeps, TestSite.retries()), Ecgs.interpreter());
        awaitState("Observation/1", "1", State.DELIVERED);
    }

    @Test
    void what_was_done_with_long_ago_leaves_the_ledger_at_the_start() throws Exception {
        Ledger past = new Ledger(site.pool(), Clock.offset(Clock.systemUTC(), Duration.ofDays(-2)));
        past.discover("http://source/fhir", "Observation/old", "1", Priority.ROUTINE);
        past.claimDiscovered(List.of("http://source/fhir"), 1, Duration.ofMinutes(1))
                .forEach(claim -> past.ignored(claim, "NOT_AN_ECG", ""));
        server.observations.store(Ecgs.observation("1"));
        WorkConfig forADay =
                new WorkConfig(2, 2, Duration.ofMinutes(1), Duration.ofMillis(100), Optional.of(Duration.ofDays(1)));

        site.run(new RoutesConfig(List.of(source()), List.of(), forADay, TestSite.retries()), Ecgs.interpreter());

        awaitState("Observation/1", "1", State.DELIVERED);
        Until.holds(
                "the old row is gone",
                () -> ledger.find("http://source/fhir", "Observation/old", "1").isEmpty());
        assertThat(ledger.counts().discovered()).isEqualTo(1);
    }

    @Test
    void a_recording_that_cannot_be_read_is_refused_and_the_feed_goes_on() throws Exception {
        server.observations.store(Ecgs.unreadable("1"));
        server.observations.store(Ecgs.observation("2"));
        run();
        awaitState("Observation/1", "1", State.REFUSED);
        awaitState("Observation/2", "1", State.DELIVERED);
        assertThat(row("Observation/1", "1").reason()).contains("NO_PERIOD");
        assertThat(row("Observation/1", "1").detail().orElseThrow()).contains("Observation.component");
        assertThat(server.delivered).hasSize(1);
    }

    @Test
    void an_answer_larger_than_the_source_may_give_is_refused_and_the_feed_goes_on() throws Exception {
        Observation large = Ecgs.observation("1");
        large.addNote().setText("x".repeat(2_000_000));
        server.observations.store(large);
        server.observations.store(Ecgs.observation("2"));
        FhirClients.Limits limits = FhirClients.Limits.defaults().with(1_000_000, 0);
        site.run(
                config(List.of(source()), List.of()),
                new RouteParts(
                        ledger,
                        Ecgs.interpreter(),
                        Terminology.labelMap(),
                        FhirTestServer.FHIR,
                        (name, url) -> FhirClients.client(url, limits),
                        ReportOptions.defaults(),
                        "0.1.0-test",
                        Clock.systemUTC()));

        awaitState("Observation/1", "1", State.REFUSED);
        awaitState("Observation/2", "1", State.DELIVERED);
        assertThat(row("Observation/1", "1").reason()).contains("TOO_LONG");
        assertThat(row("Observation/1", "1").detail().orElseThrow()).contains("more than 1000000 bytes");
    }

    @Test
    void a_recording_that_the_network_cannot_take_is_refused_with_the_reason() throws Exception {
        server.observations.store(Ecgs.observation("1"));
        site.run(source(), recording -> new Outcome.Refused("NO_MODEL", "no model for these leads"));
        awaitState("Observation/1", "1", State.REFUSED);
        assertThat(row("Observation/1", "1").reason()).contains("NO_MODEL");
        assertThat(row("Observation/1", "1").detail()).contains("no model for these leads");
    }

    @Test
    void an_ecg_waits_as_long_as_the_network_is_busy_or_cannot_run_and_is_not_given_up() throws Exception {
        server.observations.store(Ecgs.observation("1"));
        AtomicInteger attempts = new AtomicInteger();
        site.run(source(), recording -> {
            int attempt = attempts.incrementAndGet();
            if (attempt <= 4) { // more often than an ECG may fail
                throw new BusyException(BusyException.Reason.QUEUE_FULL, "full", Duration.ofSeconds(1));
            }
            if (attempt <= 8) {
                throw new EngineException(EngineException.Reason.DEVICE_LOST, "the GPU is lost");
            }
            return Ecgs.interpreter().interpret(recording);
        });
        awaitState("Observation/1", "1", State.DELIVERED);
        assertThat(attempts).hasValue(9);
        assertThat(server.delivered).hasSize(1);
    }

    @Test
    void old_recordings_stand_behind_new_ones_where_they_wait_for_the_network() throws Exception {
        server.observations.store(Ecgs.observation("1"));
        server.observations.store(Ecgs.observation("2"));
        ledger.discover(server.url(), "Observation/1", "1", Priority.BACKFILL);
        Map<String, Urgency> urgencies = new ConcurrentHashMap<>();
        site.run(source(), new Interpreter() {
            @Override
            public Outcome interpret(Recording recording) {
                return Ecgs.interpreter().interpret(recording);
            }

            @Override
            public Outcome interpret(Recording recording, ReadingRequest request) {
                urgencies.put(
                        recording.source().resource().orElseThrow(),
                        request.turn().urgency());
                return interpret(recording);
            }
        });
        awaitState("Observation/1", "1", State.DELIVERED);
        awaitState("Observation/2", "1", State.DELIVERED);
        assertThat(urgencies)
                .containsEntry("Observation/1", Urgency.BACKLOG)
                .containsEntry("Observation/2", Urgency.LIVE);
    }

    @Test
    void the_same_observation_again_is_nothing_new_and_a_new_version_is() throws Exception {
        server.observations.store(Ecgs.observation("1"));
        run();
        awaitState("Observation/1", "1", State.DELIVERED);
        int polls = server.observations.polls.get();
        Until.holds("it was polled again", () -> server.observations.polls.get() > polls + 2);
        assertThat(ledger.counts().discovered()).isEqualTo(1);
        assertThat(ledger.feeds().cursor(server.url()).orElseThrow()).startsWith("lastUpdated:");

        Observation corrected = Ecgs.observation("1");
        corrected.getNoteFirstRep().setText("corrected");
        server.observations.store(corrected);
        awaitState("Observation/1", "2", State.DELIVERED);

        assertThat(ledger.counts().discovered()).isEqualTo(2);
        assertThat(server.reports.getStoredResources()).hasSize(1); // the new version of the report replaced the old
        assertThat(server.reports.getStoredResources().get(0).getIdElement().getVersionIdPart())
                .isEqualTo("2");
    }

    @Test
    void a_version_that_the_source_no_longer_has_is_ignored_as_superseded() throws Exception {
        ledger.discover(server.url(), "Observation/gone", "1", Priority.ROUTINE);
        run();
        awaitState("Observation/gone", "1", State.IGNORED);
        assertThat(row("Observation/gone", "1").reason()).contains("SUPERSEDED");
    }

    @Test
    void a_report_waits_in_the_outbox_while_the_target_fails_and_is_delivered_once() throws Exception {
        try (FhirTestServer target = FhirTestServer.start()) {
            target.failing(request -> 503);
            server.observations.store(Ecgs.observation("1"));
            SourceRouteConfig elsewhere = site.hospital().reportingTo("archive").build();
            site.run(
                    config(List.of(elsewhere), List.of(new TargetRouteConfig("archive", target.url(), false))),
                    Ecgs.interpreter());
            awaitState("Observation/1", "1", State.INTERPRETED);
            Until.holds("three attempts failed", () -> target.faults.size() >= 3);
            LedgerEntry waiting = row("Observation/1", "1");
            assertThat(waiting.state()).isEqualTo(State.INTERPRETED);
            assertThat(ledger.outbox().report(waiting.id())).isPresent();

            target.working();
            awaitState("Observation/1", "1", State.DELIVERED);
            assertThat(target.delivered).hasSize(1);
            assertThat(server.delivered).isEmpty();
            assertThat(ledger.outbox().report(waiting.id())).isEmpty();
        }
    }

    @Test
    void a_conflict_over_a_report_is_tried_again() throws Exception {
        AtomicInteger transactions = new AtomicInteger();
        server.failing(
                request -> FhirTestServer.isTransaction(request) && transactions.incrementAndGet() == 1 ? 409 : 0);
        server.observations.store(Ecgs.observation("1"));
        run();
        awaitState("Observation/1", "1", State.DELIVERED);
        assertThat(transactions).hasValue(2);
        assertThat(server.delivered).hasSize(1);
    }

    @Test
    void a_report_over_which_the_target_never_ceases_to_conflict_is_given_up() throws Exception {
        server.failing(request -> FhirTestServer.isTransaction(request) ? 412 : 0);
        server.observations.store(Ecgs.observation("1"));
        run();
        awaitState("Observation/1", "1", State.DEAD);
        assertThat(row("Observation/1", "1").reason()).contains("TARGET_CONFLICT");
        assertThat(server.faults).hasSize(TestSite.retries().maximumFailures());
    }

    @Test
    void a_report_is_not_sent_again_if_only_the_answer_to_it_was_lost() throws Exception {
        AtomicInteger transactions = new AtomicInteger();
        server.failing(
                request -> FhirTestServer.isTransaction(request) && transactions.incrementAndGet() == 1 ? -503 : 0);
        server.observations.store(Ecgs.observation("1"));
        run();
        awaitState("Observation/1", "1", State.DELIVERED);
        assertThat(server.faults).hasSize(1);
        assertThat(transactions).hasValue(1);
        assertThat(server.delivered).hasSize(1);
    }

    @Test
    void a_report_that_the_target_refuses_for_good_is_dead_until_it_is_replayed() throws Exception {
        server.failing(request -> FhirTestServer.isTransaction(request) ? 422 : 0);
        server.observations.store(Ecgs.observation("1"));
        run();
        awaitState("Observation/1", "1", State.DEAD);
        LedgerEntry dead = row("Observation/1", "1");
        assertThat(dead.reason()).contains("TARGET_REJECTED");
        assertThat(dead.detail()).contains("target hospital: HTTP status 422");
        assertThat(server.faults).as("a second try, which asks the target anew").hasSize(2);

        server.working();
        assertThat(ledger.replays().again(dead.id())).isTrue();
        awaitState("Observation/1", "1", State.DELIVERED);
    }

    @Test
    void a_target_that_asks_to_wait_is_left_alone_for_as_long() throws Exception {
        server.failing(request -> FhirTestServer.isTransaction(request) ? 503 : 0);
        server.retryAfter("600");
        server.observations.store(Ecgs.observation("1"));
        run();
        awaitState("Observation/1", "1", State.INTERPRETED);
        Until.holds("the report waits", () -> row("Observation/1", "1").reason().isPresent());

        assertThat(row("Observation/1", "1").availableAt())
                .isAfter(Instant.now().plusSeconds(500));
    }

    @Test
    void a_target_that_was_restored_from_a_backup_gets_the_device_again() throws Exception {
        server.observations.store(Ecgs.observation("1"));
        run();
        awaitState("Observation/1", "1", State.DELIVERED);
        String device =
                server.devices.getStoredResources().get(0).getIdElement().getIdPart();
        FhirTestServer.FHIR
                .newRestfulGenericClient(server.url())
                .delete()
                .resourceById("Device", device)
                .execute();
        AtomicBoolean thereAgain = new AtomicBoolean();
        server.failing(request -> {
            if (request.getMethod().equals("POST") && request.getRequestURI().endsWith("/Device")) {
                thereAgain.set(true);
            }
            return FhirTestServer.isTransaction(request) && !thereAgain.get() ? 400 : 0;
        });
        server.observations.store(Ecgs.observation("2"));
        awaitState("Observation/2", "1", State.DELIVERED);
        assertThat(server.faults).hasSize(1);
    }

    @Test
    void a_report_waits_for_permission_instead_of_being_given_up() throws Exception {
        server.failing(request -> FhirTestServer.isTransaction(request) ? 401 : 0);
        server.observations.store(Ecgs.observation("1"));
        run();
        Until.holds(
                "several attempts were refused",
                () -> server.faults.size() > TestSite.retries().maximumFailures());
        assertThat(row("Observation/1", "1").state()).isEqualTo(State.INTERPRETED);
        server.working();
        awaitState("Observation/1", "1", State.DELIVERED);
    }

    @Test
    void everything_goes_on_after_a_restart() throws Exception {
        server.observations.store(Ecgs.observation("1"));
        server.observations.store(Ecgs.unreadable("2"));
        server.failing(request -> FhirTestServer.isTransaction(request) ? 503 : 0);
        run();
        awaitState("Observation/1", "1", State.INTERPRETED);
        awaitState("Observation/2", "1", State.REFUSED);
        site.stopRoutes();
        String cursor = ledger.feeds().cursor(server.url()).orElseThrow();

        server.working();
        ledger = site.restart();
        assertThat(ledger.feeds().cursor(server.url())).contains(cursor);
        server.observations.store(Ecgs.observation("3"));
        run();
        awaitState("Observation/1", "1", State.DELIVERED);
        awaitState("Observation/3", "1", State.DELIVERED);
        assertThat(row("Observation/2", "1").state()).isEqualTo(State.REFUSED);
        assertThat(server.delivered).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void two_nodes_over_one_ledger_do_nothing_twice() throws Exception {
        int ecgs = 10;
        for (int i = 0; i < ecgs; i++) {
            server.observations.store(Ecgs.observation("n" + i));
        }
        AtomicInteger interpreted = new AtomicInteger();
        Interpreter counting = recording -> {
            interpreted.incrementAndGet();
            return Ecgs.interpreter().interpret(recording);
        };
        site.run(source(), counting);
        site.run(source(), counting);
        Until.holds("all are delivered", () -> ledger.counts().delivered() == ecgs);
        assertThat(ledger.counts().discovered()).isEqualTo(ecgs);
        assertThat(interpreted).hasValue(ecgs);
        assertThat(server.delivered).hasSize(ecgs).doesNotHaveDuplicates();
    }

    @Test
    void a_source_that_fails_does_not_stop_the_others() throws Exception {
        try (FhirTestServer broken = FhirTestServer.start()) {
            broken.failing(request -> 500);
            server.observations.store(Ecgs.observation("1"));
            SourceRouteConfig other = SourceRouteConfig.at("broken", broken.url())
                    .every(Duration.ofMillis(50))
                    .build();
            EcgRoutes routes = site.run(config(List.of(other, source()), List.of()), Ecgs.interpreter());
            awaitState("Observation/1", "1", State.DELIVERED);
            Until.holds("the broken source was asked several times", () -> broken.faults.size() > 2);
            assertThat(routes.lanes())
                    .filteredOn(lane -> lane.kind() == Lane.Kind.SOURCE && lane.failures() > 0)
                    .extracting(Lane::name)
                    .containsExactly("broken");

            broken.observations.store(Ecgs.observation("9"));
            broken.working();
            Until.holds("its ECG is delivered", () -> broken.delivered.size() == 1);
        }
    }

    @Test
    void a_source_that_does_not_answer_keeps_nobody_elses_worker() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger reading = new AtomicInteger();
        try (FhirTestServer hanging = FhirTestServer.start()) {
            hanging.failing(request -> {
                if (request.getRequestURI().contains("/_history/")) {
                    reading.incrementAndGet();
                    awaited(end);
                }
                return 0;
            });
            for (int i = 0; i < 4; i++) {
                hanging.observations.store(Ecgs.observation("h" + i));
            }
            SourceRouteConfig other = SourceRouteConfig.at("hanging", hanging.url())
                    .every(Duration.ofMillis(50))
                    .workers(3) // beside the two of each source
                    .build();
            site.run(config(List.of(other, source()), List.of()), Ecgs.interpreter());
            Until.holds("all workers of the hanging source wait", () -> reading.get() == 3);

            server.observations.store(Ecgs.observation("1"));
            awaitState("Observation/1", "1", State.DELIVERED);
            assertThat(hanging.delivered).isEmpty();
            assertThat(reading).hasValue(3);

            end.countDown();
            Until.holds("its ECGs are delivered too", () -> hanging.delivered.size() == 4);
        } finally {
            end.countDown();
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_row_whose_source_fails_waits_and_does_not_count_as_a_failure() throws Exception {
        ledger.discover(server.url(), "Observation/1", "1", Priority.ROUTINE);
        server.observations.store(Ecgs.observation("1"));
        server.failing(request -> request.getRequestURI().contains("/_history/") ? 503 : 0);
        run();
        Until.holds(
                "several reads failed",
                () -> server.faults.size() > TestSite.retries().maximumFailures());
        assertThat(row("Observation/1", "1").state()).isEqualTo(State.DISCOVERED);
        assertThat(row("Observation/1", "1").failures()).isLessThan(2);
        server.working();
        awaitState("Observation/1", "1", State.DELIVERED);
    }

    @Test
    void a_row_on_which_our_own_code_fails_again_and_again_is_given_up_without_patient_data() throws Exception {
        server.observations.store(Ecgs.observation("1"));
        AtomicInteger attempts = new AtomicInteger();
        Interpreter broken = recording -> {
            attempts.incrementAndGet();
            throw new IllegalStateException("Jane Doe, born 1950-01-01");
        };
        site.run(source(), broken);
        awaitState("Observation/1", "1", State.DEAD);
        LedgerEntry dead = row("Observation/1", "1");
        assertThat(dead.reason()).contains("INTERNAL_ERROR");
        assertThat(dead.detail().orElseThrow())
                .contains("java.lang.IllegalStateException")
                .doesNotContain("Jane");
        assertThat(attempts).hasValue(TestSite.retries().maximumFailures());
    }

    @Test
    void a_row_on_which_our_own_code_fails_once_is_interpreted_after_all() throws Exception {
        server.observations.store(Ecgs.observation("1"));
        AtomicInteger attempts = new AtomicInteger();
        Interpreter flaky = new Interpreter() {
            @Override
            public Outcome interpret(Recording recording) {
                if (attempts.incrementAndGet() == 1) {
                    throw new IllegalStateException("once");
                }
                return Ecgs.interpreter().interpret(recording);
            }
        };
        site.run(source(), flaky);
        awaitState("Observation/1", "1", State.DELIVERED);
        assertThat(attempts).hasValue(2);
        assertThat(row("Observation/1", "1").reason()).isEqualTo(Optional.empty());
    }

    @Test
    void a_row_at_which_workers_die_is_given_up() throws Exception {
        ledger.discover(server.url(), "Observation/killer", "1", Priority.ROUTINE);
        for (int death = 0; death < TestSite.retries().maximumFailures(); death++) {
            assertThat(ledger.claimDiscovered(List.of(server.url()), 1, Duration.ZERO))
                    .hasSize(1); // and never heard of again
        }
        run();
        awaitState("Observation/killer", "1", State.DEAD);
        assertThat(row("Observation/killer", "1").reason()).contains("INTERNAL_ERROR");
    }

    @Test
    void a_report_that_a_person_has_made_final_becomes_an_amended_one() throws Exception {
        server.observations.store(Ecgs.observation("1"));
        run();
        awaitState("Observation/1", "1", State.DELIVERED);
        DiagnosticReport report = server.reports.getStoredResources().get(0).copy();
        report.setStatus(DiagnosticReport.DiagnosticReportStatus.FINAL);
        server.reports.store(report);

        Observation corrected = Ecgs.observation("1");
        corrected.getNoteFirstRep().setText("corrected");
        server.observations.store(corrected);
        awaitState("Observation/1", "2", State.DELIVERED);
        assertThat(server.reports.getStoredResources()).hasSize(1);
        assertThat(server.reports.getStoredResources().get(0).getStatus())
                .isEqualTo(DiagnosticReport.DiagnosticReportStatus.AMENDED);
    }

    @Test
    void every_route_and_node_has_an_id() throws Exception {
        run();
        CamelContext context = site.context();
        assertThat(context.getRoutes())
                .extracting(route -> route.getId())
                .containsExactlyInAnyOrder(
                        "duties",
                        "poll-hospital",
                        "backfill-hospital",
                        "interpret-hospital-sweep",
                        "interpret-hospital",
                        "deliver-hospital-sweep",
                        "deliver-hospital");
        for (String node : List.of("claim", "if-claimed", "read", "if-read", "network", "store")) {
            assertThat(((ModelCamelContext) context).getProcessorDefinition("interpret-hospital-" + node))
                    .describedAs(node)
                    .isNotNull();
        }
        for (String node : List.of("claim", "if-claimed", "prepare", "if-needed", "form", "transaction", "close")) {
            assertThat(((ModelCamelContext) context).getProcessorDefinition("deliver-hospital-" + node))
                    .describedAs(node)
                    .isNotNull();
        }
        assertThat(((ModelCamelContext) context).getProcessorDefinition("poll-hospital-look"))
                .isNotNull();
    }
}
