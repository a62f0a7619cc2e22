package dev.ecgfhir.routes;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.fhir.source.FhirClients;
import dev.ecgfhir.fhir.source.FhirServerSource;
import dev.ecgfhir.ledger.Backfill;
import dev.ecgfhir.ledger.BackfillOrder;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerEntry;
import dev.ecgfhir.ledger.LedgerFilter;
import dev.ecgfhir.ledger.MovableClock;
import dev.ecgfhir.ledger.Pools;
import dev.ecgfhir.ledger.Priority;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that are read by export, over HTTP, in the test's own thread. */
class ExportBackfillTest {
    private static final RetryConfig RETRIES = new RetryConfig(Duration.ofMillis(20), Duration.ofMillis(100), 3);
    /** Does not lose its duty while the machine has other things to do. */
    private static final NodeConfig NODE = new NodeConfig("node", Duration.ofMinutes(10));

    @TempDir
    Path directory;

    private final MovableClock clock = new MovableClock();
    private final CamelContext context = new DefaultCamelContext();
    private FhirTestServer server;
    private HikariDataSource pool;
    private Ledger ledger;
    private Watch watch;

    @BeforeEach
    void open() throws Exception {
        server = FhirTestServer.start();
        pool = Pools.h2(directory.resolve("ledger"));
        ledger = new Ledger(pool, clock);
        watch = Watch.poll(ledger, ledger.duties(NODE.name(), NODE.lease()), server.url(), NODE);
        assertThat(watch.take()).isTrue();
    }

    @AfterEach
    void close() throws Exception {
        pool.close();
        server.close();
    }

    private BackfillWork work(Map<String, List<String>> query) {
        IGenericClient client = FhirClients.client(server.url(), FhirClients.Limits.defaults());
        SourceRouteConfig config = SourceRouteConfig.at("hospital", server.url())
                .pages(10)
                .sweptEvery(Duration.ofHours(1), Duration.ZERO)
                .query(query)
                .build();
        FhirServerSource source = new FhirServerSource(client, config.sourceQuery());
        SourceLane lane = SourceLane.of(
                config,
                source,
                new Pause(RETRIES, clock),
                watch,
                new TargetRouteConfig("hospital", server.url(), false));
        return new BackfillWork(lane, ledger, new Archives(config, source, client), clock);
    }

    private BackfillWork work() {
        return work(Map.of());
    }

    private void go(BackfillWork work) {
        work.process(new DefaultExchange(context));
    }

    private long ordered(int rate) {
        return ledger.backfills()
                .start(BackfillOrder.export("hospital").at(rate))
                .id();
    }

    private Backfill job(long id) {
        return ledger.backfills().find(id).orElseThrow();
    }

    /** Goes on through every pause until the job has ended. */
    private void finish(BackfillWork work, long id) {
        for (int i = 0; i < 100 && job(id).state() == Backfill.State.RUNNING; i++) {
            go(work);
            clock.move(Duration.ofMinutes(2));
        }
    }

    private static String ecgs(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> ecg("ecg-" + i) + "\n").collect(Collectors.joining());
    }

    private static String ecg(String id) {
        return "{\"resourceType\":\"Observation\",\"id\":\"" + id + "\",\"meta\":{\"versionId\":\"3\",\"lastUpdated\":"
                + "\"2020-01-02T03:04:05.678Z\",\"tag\":[{\"system\":\"x\",\"code\":\"131328\"}]},\"component\":[{\"code\":"
                + "{\"coding\":[{\"code\":\"y\"}]}}],\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"1\"},"
                + "{\"system\":\"urn:oid:2.16.840.1.113883.6.24\",\"code\":\"131328\"}]}}";
    }

    @Test
    void every_ecg_of_an_export_gets_its_row_and_nothing_else_does() {
        server.exports.files.add(ecgs(0, 3) + "\n"
                + "{\"resourceType\":\"Patient\",\"id\":\"p\"}\n"
                + ecg("lab").replace("131328", "718-7") + "\n"
                + "{\"resourceType\":\"Observation\",\n"
                + "no JSON\n"
                + ecg("..").replace("\"..\"", "\"a/b\"") + "\n");
        server.exports.files.add(ecgs(3, 5) + ecg("without-a-line-break"));
        server.exports.pending = 1;
        long id = ordered(0);
        BackfillWork work = work();

        go(work);
        assertThat(job(id).reason()).contains("EXPORT_IN_PREPARATION");
        assertThat(job(id).detail()).contains("the source prepares its export: half way");
        clock.move(Duration.ofSeconds(6));
        go(work);
        assertThat(server.exports.requests).as("Retry-After is kept to").hasSize(2);
        clock.move(Duration.ofSeconds(1));
        go(work);

        assertThat(job(id).state()).isEqualTo(Backfill.State.DONE);
        assertThat(job(id).counts()).isEqualTo(new Backfill.Counts(6, 6, 2, 3));
        assertThat(ledger.entries(LedgerFilter.all()))
                .hasSize(6)
                .allSatisfy(row -> {
                    assertThat(row.version()).isEqualTo("3");
                    assertThat(row.priority()).isEqualTo(Priority.BACKFILL);
                    assertThat(row.sourceUpdated()).isEqualTo(Instant.parse("2020-01-02T03:04:05.678Z"));
                })
                .extracting(LedgerEntry::resource)
                .contains("Observation/ecg-0", "Observation/ecg-4", "Observation/without-a-line-break");
        assertThat(server.exports.requests.get(0))
                .startsWith(
                        "GET /fhir/$export?_type=Observation&_typeFilter=Observation?code=urn%3Aoid%3A2.16.840.1.113883.6.24%7C131328%2C");
        assertThat(server.exports.requests).endsWith("DELETE /fhir/export-status/0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goes_on_within_a_file_when_it_was_cut_off_or_the_process_died(boolean ranges) {
        server.exports.ranges = ranges;
        server.exports.files.add(ecgs(0, 450));
        long id = ordered(100);
        go(work());
        assertThat(job(id).counts()).isEqualTo(new Backfill.Counts(200, 200, 0, 0));
        server.exports.cutAfter = server.exports.files.get(0).length() * 2 / 3;
        if (ranges) {
            server.exports.cutAfter = 50 * ecg("ecg-123").length();
        }
        go(work()); // in the place of one that died
        assertThat(job(id).reason()).contains("SOURCE_UNAVAILABLE");
        assertThat(job(id).counts().found()).isEqualTo(200);
        finish(work(), id);

        assertThat(job(id).state()).isEqualTo(Backfill.State.DONE);
        assertThat(job(id).counts()).isEqualTo(new Backfill.Counts(450, 450, 0, 0));
        if (ranges) {
            assertThat(server.exports.sent)
                    .as("what was read before the cut is not sent again")
                    .isLessThan(4L * server.exports.files.get(0).length());
        }
    }

    @Test
    void an_export_that_the_server_has_forgotten_is_asked_for_again_without_loss() {
        server.exports.files.add(ecgs(0, 450));
        long id = ordered(100);
        go(work());
        assertThat(job(id).counts().discovered()).isEqualTo(200);
        server.exports.remembered = 1;
        clock.move(Duration.ofMinutes(2));
        finish(work(), id);

        assertThat(job(id).state()).isEqualTo(Backfill.State.DONE);
        assertThat(job(id).counts().discovered()).isEqualTo(450);
        assertThat(ledger.counts().discovered()).isEqualTo(450);
        assertThat(server.exports.requests).endsWith("DELETE /fhir/export-status/1");
    }

    @Test
    void an_export_that_is_always_forgotten_fails_and_can_be_resumed() {
        server.exports.files.add(ecgs(0, 5));
        server.exports.remembered = Integer.MAX_VALUE;
        long id = ordered(0);
        finish(work(), id);
        assertThat(job(id).reason()).contains("EXPORT_FAILED");
        assertThat(job(id).detail().orElseThrow()).contains("has forgotten its export");

        server.exports.remembered = 0;
        ledger.backfills().resume(id);
        finish(work(), id);
        assertThat(job(id).state()).isEqualTo(Backfill.State.DONE);
        assertThat(job(id).counts().discovered()).isEqualTo(5);
    }

    @Test
    void the_server_is_asked_for_what_was_written_since_the_time_of_the_order() {
        server.exports.files.add(ecgs(0, 1));
        long id = ledger.backfills()
                .start(new BackfillOrder(
                        "hospital",
                        BackfillOrder.Kind.EXPORT,
                        Optional.of(Instant.parse("2020-01-02T03:04:05Z")),
                        Optional.empty(),
                        0))
                .id();

        finish(work(), id);

        assertThat(job(id).state()).isEqualTo(Backfill.State.DONE);
        assertThat(server.exports.requests.get(0)).contains("&_since=2020-01-02T03:04:05Z&");
    }

    @Test
    void a_query_that_cannot_be_told_from_a_line_is_refused() {
        long id = ordered(0);
        go(work(Map.of("device", List.of("Device/7"))));

        assertThat(job(id).reason()).contains("EXPORT_QUERY");
        assertThat(job(id).detail().orElseThrow())
                .startsWith("the source's query asks for 'device', which cannot be told");
        assertThat(server.exports.requests).isEmpty();
    }

    @Test
    void a_server_that_takes_no_filter_is_asked_for_every_observation() {
        server.exports.files.add(ecgs(0, 2) + ecg("lab").replace("131328", "718-7") + "\n");
        server.failing(request -> String.valueOf(request.getQueryString()).contains("_typeFilter") ? 400 : 0);
        long id = ordered(0);
        finish(work(), id);

        assertThat(server.exports.requests.get(0)).isEqualTo("GET /fhir/$export?_type=Observation");
        assertThat(job(id).counts()).isEqualTo(new Backfill.Counts(2, 2, 1, 0));
    }

    @Test
    void a_server_without_export_fails_the_backfill() {
        server.failing(request -> request.getRequestURI().contains("export") ? 501 : 0);
        long id = ordered(0);
        go(work());

        assertThat(job(id).state()).isEqualTo(Backfill.State.FAILED);
        assertThat(job(id).reason()).contains("ARCHIVE_REJECTED");
        assertThat(job(id).detail().orElseThrow()).endsWith("HTTP status 501");
    }

    @Test
    void a_cancelled_export_is_given_back() {
        server.exports.files.add(ecgs(0, 450));
        long id = ordered(1);
        go(work());
        ledger.backfills().cancel(id);
        clock.move(Duration.ofHours(10));
        go(work());

        assertThat(server.exports.requests).endsWith("DELETE /fhir/export-status/0");
        assertThat(ledger.backfills().cancelled("hospital")).isEmpty();
        assertThat(Optional.of(job(id).state())).contains(Backfill.State.CANCELLED);
    }
}
