package dev.ecgfhir.routes;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import dev.ecgfhir.fhir.source.FhirClients;
import dev.ecgfhir.fhir.source.FhirServerSource;
import dev.ecgfhir.ledger.Backfill;
import dev.ecgfhir.ledger.BackfillOrder;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerEntry;
import dev.ecgfhir.ledger.LedgerFilter;
import dev.ecgfhir.ledger.MovableClock;
import dev.ecgfhir.ledger.Priority;
import dev.ecgfhir.ledger.State;
import dev.ecgfhir.pipeline.Interpreter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Archives that are read by searches, over HTTP. */
class BackfillTest {
    private static final Instant FIRST = Instant.parse("2015-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2025-01-01T00:00:00Z");

    @RegisterExtension
    final TestSite site = new TestSite();

    private FhirTestServer server;
    private Ledger ledger;
    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void open() {
        server = site.server();
        ledger = site.ledger();
    }

    private void run(ArchiveConfig archive, Interpreter interpreter) throws Exception {
        SourceRouteConfig source = source(archive);
        WorkConfig work = new WorkConfig(2, 2, Duration.ofMinutes(1), Duration.ofMillis(50));
        site.run(new RoutesConfig(List.of(source), List.of(), work, TestSite.retries()), interpreter);
        Until.holds(
                "the source was polled",
                () -> ledger.feeds().cursor(server.url()).isPresent());
    }

    /** Ten rows a page. */
    private SourceRouteConfig source(ArchiveConfig archive) {
        return site.hospital()
                .pages(10)
                .sweptEvery(Duration.ofHours(1), Duration.ZERO)
                .archive(archive)
                .build();
    }

    private void recorded(String id, Instant when) {
        store(Ecgs.observation(id), when);
    }

    /** What is only counted need not pass the network. */
    private void unreadable(String id, Instant when) {
        store(Ecgs.unreadable(id), when);
    }

    private void store(Observation observation, Instant when) {
        observation.setEffective(new DateTimeType(Date.from(when)));
        server.observations.store(observation, Date.from(when)); // long before it is looked for
    }

    private static Instant year(int year) {
        return Instant.parse(year + "-06-15T08:00:00Z");
    }

    private Backfill job(long id) {
        return ledger.backfills().find(id).orElseThrow();
    }

    private void awaitState(long id, Backfill.State state) {
        Until.holds("backfill " + id + " is " + state, () -> job(id).state() == state);
    }

    private List<LedgerEntry> rows() {
        return ledger.entries(LedgerFilter.all());
    }

    @Test
    void an_archive_is_filled_in_behind_what_is_live() throws Exception {
        for (int year = 2014; year < 2026; year++) {
            recorded("in-" + year, year(year));
        }
        run(ArchiveConfig.defaults().leftToBackfills(), Ecgs.interpreter());
        assertThat(rows()).as("the archive is left to backfills").isEmpty();

        long id = ledger.backfills()
                .start(BackfillOrder.search("hospital", FIRST, LAST))
                .id();
        awaitState(id, Backfill.State.DONE);
        recorded("live", Instant.now());
        Until.holds("all are reported", () -> ledger.counts().delivered() == 11);

        assertThat(job(id).counts()).isEqualTo(new Backfill.Counts(10, 10, 0, 0));
        assertThat(job(id).fraction()).contains(1.0);
        assertThat(rows())
                .allSatisfy(row -> assertThat(row.priority())
                        .isEqualTo(row.resource().equals("Observation/live") ? Priority.ROUTINE : Priority.BACKFILL))
                .extracting(LedgerEntry::resource)
                .contains("Observation/in-2015", "Observation/in-2024", "Observation/live")
                .doesNotContain("Observation/in-2014", "Observation/in-2025");
        assertThat(server.reports.getStoredResources()).hasSize(11);
    }

    @Test
    void waits_while_the_queue_is_full_and_while_it_is_paused() throws Exception {
        for (int year = 2015; year < 2025; year++) {
            recorded("in-" + year, year(year));
        }
        CountDownLatch mayRead = new CountDownLatch(1);
        run(ArchiveConfig.defaults().leftToBackfills().queueing(6), recording -> {
            Until.holds("it may read", () -> mayRead.getCount() == 0);
            return Ecgs.interpreter().interpret(recording);
        });

        long id = ledger.backfills()
                .start(BackfillOrder.search("hospital", FIRST, LAST))
                .id();
        Until.holds("it waits for the queue", () -> job(id).reason().equals(Optional.of("QUEUE_FULL")));
        assertThat(job(id).counts().found()).isBetween(6L, 9L);
        ledger.backfills().pause(id);
        Backfill paused = job(id);
        mayRead.countDown();
        Until.holds("what was found is reported", () -> ledger.counts().inProgress() == 0);
        assertThat(job(id)).isEqualTo(paused);

        ledger.backfills().resume(id);
        awaitState(id, Backfill.State.DONE);
        Until.holds("all are reported", () -> ledger.counts().delivered() == 10);
    }

    @Test
    void goes_on_after_failures_of_the_source_and_a_restart_in_the_middle() throws Exception {
        for (int i = 0; i < 24; i++) {
            unreadable("at-" + i, FIRST.plus(Duration.ofDays(90L * i)));
        }
        AtomicInteger searches = new AtomicInteger();
        server.failing(request -> {
            boolean archive = String.valueOf(request.getQueryString()).contains("date=ge");
            return archive && searches.incrementAndGet() % 3 == 0 ? 503 : 0;
        });
        run(ArchiveConfig.defaults().leftToBackfills(), Ecgs.interpreter());
        long id = ledger.backfills()
                .start(BackfillOrder.search("hospital", FIRST, LAST))
                .id();
        Until.holds("it is in the middle", () -> job(id).counts().found() > 0);
        site.stopRoutes();
        Backfill middle = job(id);
        run(ArchiveConfig.defaults().leftToBackfills(), Ecgs.interpreter());
        awaitState(id, Backfill.State.DONE);

        Until.holds("all are read", () -> ledger.counts().refused() == 24);
        assertThat(middle.counts().found()).isLessThan(24);
        assertThat(job(id).counts().discovered()).isEqualTo(24);
        assertThat(server.faults).isNotEmpty();
    }

    @Test
    void an_expired_page_link_has_its_slice_read_again() throws Exception {
        for (int i = 0; i < 25; i++) {
            unreadable("at-" + i, FIRST.plusSeconds(i));
        }
        AtomicInteger pages = new AtomicInteger();
        server.failing(request -> {
            boolean page = String.valueOf(request.getQueryString()).contains("_getpages");
            return page && pages.incrementAndGet() == 2 ? 410 : 0;
        });
        run(ArchiveConfig.defaults().leftToBackfills(), Ecgs.interpreter());
        long id = ledger.backfills()
                .start(BackfillOrder.search("hospital", FIRST, FIRST.plus(Duration.ofDays(2))))
                .id();
        awaitState(id, Backfill.State.DONE);

        assertThat(server.faults).hasSize(1);
        assertThat(job(id).counts().discovered()).isEqualTo(25);
        assertThat(job(id).counts().found()).isGreaterThan(25);
    }

    @Test
    void a_source_that_refuses_for_good_fails_the_backfill_and_nothing_else() throws Exception {
        server.failing(request -> String.valueOf(request.getQueryString()).contains("date=ge") ? 422 : 0);
        run(ArchiveConfig.defaults().leftToBackfills(), Ecgs.interpreter());
        long id = ledger.backfills()
                .start(BackfillOrder.search("hospital", FIRST, LAST))
                .id();
        awaitState(id, Backfill.State.FAILED);

        assertThat(job(id).reason()).contains("ARCHIVE_REJECTED");
        assertThat(job(id).detail().orElseThrow())
                .isEqualTo("searching the archive of " + server.url() + ": HTTP status 422");
        recorded("live", Instant.now());
        Until.holds("the live one is reported", () -> ledger.counts().delivered() == 1);
    }

    @Test
    void finds_no_more_in_a_minute_than_it_was_asked_for() throws Exception {
        for (int i = 0; i < 25; i++) {
            unreadable("at-" + i, FIRST.plusSeconds(i));
        }
        MovableClock clock = new MovableClock();
        Ledger slow = new Ledger(site.pool(), clock);
        BackfillWork work = work(slow, clock);
        Backfill ordered = slow.backfills()
                .start(BackfillOrder.search("hospital", FIRST, FIRST.plus(Duration.ofDays(2)))
                        .at(10));

        work.process(new DefaultExchange(context));
        work.process(new DefaultExchange(context));
        assertThat(job(ordered.id()).counts().discovered())
                .as("a page of 10 is what a minute may have")
                .isEqualTo(10);
        clock.move(Duration.ofSeconds(59));
        work.process(new DefaultExchange(context));
        assertThat(job(ordered.id()).counts().discovered()).isEqualTo(10);
        clock.move(Duration.ofSeconds(1));
        work.process(new DefaultExchange(context));
        assertThat(job(ordered.id()).counts().discovered()).isEqualTo(20);
        clock.move(Duration.ofMinutes(1));
        work.process(new DefaultExchange(context));
        assertThat(job(ordered.id()).state()).isEqualTo(Backfill.State.DONE);
        assertThat(slow.counts().of(State.DISCOVERED)).isEqualTo(25);
    }

    /** Works in the test's own thread. */
    private BackfillWork work(Ledger slow, Clock clock) {
        NodeConfig node = new NodeConfig("node", Duration.ofMinutes(10)); // whatever else the machine does
        SourceRouteConfig config = source(ArchiveConfig.defaults());
        IGenericClient client = FhirClients.client(server.url(), FhirClients.Limits.defaults());
        FhirServerSource source = new FhirServerSource(client, config.sourceQuery());
        Watch watch = Watch.poll(slow, slow.duties(node.name(), node.lease()), source.base(), node);
        assertThat(watch.take()).isTrue();
        SourceLane lane = SourceLane.of(
                config,
                source,
                new Pause(TestSite.retries(), clock),
                watch,
                new TargetRouteConfig("hospital", server.url(), false));
        return new BackfillWork(lane, slow, new Archives(config, source, client), clock);
    }
}
