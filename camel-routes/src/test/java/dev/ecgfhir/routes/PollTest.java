package dev.ecgfhir.routes;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.fhir.source.Cursor;
import dev.ecgfhir.fhir.source.FhirClients;
import dev.ecgfhir.fhir.source.FhirServerSource;
import dev.ecgfhir.fhir.source.Found;
import dev.ecgfhir.fhir.source.RecordingSource;
import dev.ecgfhir.fhir.source.SourceQuery;
import dev.ecgfhir.fhir.source.SubscriptionClient;
import dev.ecgfhir.ledger.Duties;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.MovableClock;
import dev.ecgfhir.ledger.Pools;
import dev.ecgfhir.ledger.Priority;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Polls of a server whose rows become visible long after the time that they bear. */
class PollTest {
    private static final Duration OVERLAP = Duration.ofSeconds(10);
    private static final Duration SWEEP = Duration.ofMinutes(10);
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final NodeConfig NODE = new NodeConfig("node", Duration.ofSeconds(2));

    @TempDir
    Path directory;

    private final MovableClock clock = new MovableClock();
    private final CamelContext context = new DefaultCamelContext();
    private HikariDataSource pool;
    private Ledger ledger;
    private Duties duties;

    @BeforeEach
    void open() {
        pool = Pools.h2(directory.resolve("ledger"));
        ledger = new Ledger(pool, clock);
        duties = ledger.duties(NODE.name(), NODE.lease());
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void finds_every_row_that_becomes_visible_within_one_sweep_interval_of_its_stamp() throws Exception {
        for (long seed = 1; seed <= 5; seed++) {
            LateSource source = new LateSource("http://late-" + seed, seed, 200, SWEEP);
            run(source, SWEEP);

            assertThat(ledger.feeds().cursor(source.base(), Sweeps.FEED)).isPresent();
            assertThat(found(source)).as("seed %d", seed).isEqualTo(200);
            // once at first sight, about twice in sweeps, about once since a poll finds its last row again
            assertThat(source.handedOn).as("seed %d: cost stays bounded", seed).isLessThan(5 * 200);
        }
    }

    @Test
    void misses_such_rows_without_sweeps() throws Exception {
        LateSource source = new LateSource("http://late", 1, 200, SWEEP);
        run(source, Duration.ofDays(30));

        assertThat(found(source)).isLessThan(200);
    }

    @Test
    void sweeps_go_on_where_they_were_after_a_restart() throws Exception {
        LateSource source = new LateSource("http://late", 7, 200, SWEEP);
        int polls = (int) (source.end().getSeconds() / EVERY.getSeconds());
        for (int i = 0; i < polls; i++) {
            poll(source, SWEEP)
                    .process(new DefaultExchange(context)); // a new one each time: nothing but the ledger lasts
            clock.move(EVERY);
        }

        assertThat(found(source)).isEqualTo(200);
    }

    @Test
    void a_deletion_gets_a_row_if_the_ecg_had_one() throws Exception {
        LateSource source = new LateSource("http://late", 7, 10, Duration.ZERO);
        run(source, SWEEP);
        source.deleted.add(new Found("Observation/3", "2", clock.instant()));
        source.deleted.add(new Found("Observation/blood-pressure", "2", clock.instant()));
        clock.move(EVERY);
        poll(source, SWEEP).process(new DefaultExchange(context));

        assertThat(ledger.find(source.base(), "Observation/3", "2")).isPresent();
        assertThat(ledger.versions(source.base(), "Observation/blood-pressure")).isEmpty();
    }

    @Test
    void a_deletion_is_found_though_no_search_has_found_the_ecg() throws Exception {
        LateSource source = new LateSource("http://late", 7, 0, Duration.ZERO);
        poll(source, SWEEP).process(new DefaultExchange(context));
        ledger.discover(source.base(), "Observation/3", "1", Priority.ROUTINE); // as a notification does
        source.deleted.add(new Found("Observation/3", "2", clock.instant()));
        clock.move(EVERY);
        poll(source, SWEEP).process(new DefaultExchange(context));

        assertThat(ledger.find(source.base(), "Observation/3", "2")).isPresent();
    }

    @Test
    void a_history_that_cannot_be_read_does_not_hold_up_what_is_new() throws Exception {
        try (FhirTestServer server = FhirTestServer.start()) {
            server.failing(request -> request.getRequestURI().endsWith("/_history") ? 500 : 0);
            server.observations.store(Ecgs.observation("1"));
            IGenericClient client = FhirClients.client(server.url(), FhirClients.Limits.defaults());
            Poll poll = poll(new FhirServerSource(client, SourceQuery.ecgs()), SWEEP);
            for (int i = 0; i < 15; i++) {
                poll.process(new DefaultExchange(context));
                clock.move(EVERY);
            }

            assertThat(server.faults).as("asked for each time").hasSize(15);
            assertThat(server.observations.polls).as("searched each time").hasValueGreaterThanOrEqualTo(15);
        }
    }

    @Test
    void a_search_that_breaks_off_leaves_the_watermark_where_it_was() throws Exception {
        LateSource source = new LateSource("http://late", 7, 10, Duration.ZERO);
        clock.move(Duration.ofHours(1));
        source.breaking = true;
        Poll poll = poll(source, SWEEP);
        poll.process(new DefaultExchange(context));

        assertThat(found(source)).as("what came before the break is kept").isEqualTo(10);
        assertThat(ledger.feeds().cursor(source.base())).isEmpty();

        source.breaking = false;
        clock.move(RetryConfig.defaults().longest().multipliedBy(2));
        poll.process(new DefaultExchange(context));
        assertThat(ledger.feeds().cursor(source.base())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void a_server_that_asks_to_wait_is_left_alone_for_as_long(int status) throws Exception {
        try (FhirTestServer server = FhirTestServer.start()) {
            server.failing(request -> status);
            server.retryAfter("600");
            IGenericClient client = FhirClients.client(server.url(), FhirClients.Limits.defaults());
            Poll poll = poll(new FhirServerSource(client, SourceQuery.ecgs()), SWEEP);

            poll.process(new DefaultExchange(context));
            clock.move(Duration.ofSeconds(590));
            poll.process(new DefaultExchange(context));
            assertThat(server.faults).as("asked once").hasSize(1);

            clock.move(Duration.ofSeconds(20));
            poll.process(new DefaultExchange(context));
            assertThat(server.faults).as("asked again").hasSize(2);
        }
    }

    private void run(LateSource source, Duration sweeps) throws Exception {
        Poll poll = poll(source, sweeps);
        long polls = source.end().getSeconds() / EVERY.getSeconds();
        for (int i = 0; i < polls; i++) {
            poll.process(new DefaultExchange(context));
            clock.move(EVERY);
        }
    }

    private Poll poll(RecordingSource source, Duration sweeps) {
        SourceRouteConfig config = SourceRouteConfig.at("late", source.base())
                .sweptEvery(sweeps, Duration.ofSeconds(1))
                .build();
        TargetRouteConfig target = new TargetRouteConfig("late", source.base(), false);
        Pause pause = new Pause(RetryConfig.defaults(), clock);
        Watch watch = Watch.poll(ledger, duties, source.base(), NODE);
        SourceLane lane = SourceLane.of(config, source, pause, watch, target);
        Subscribed none = new Subscribed(
                config,
                source,
                new SubscriptionClient(FhirTestServer.FHIR.newRestfulGenericClient(source.base())),
                ledger.subscriptions(),
                RetryConfig.defaults(),
                clock);
        return new Poll(lane, none, ledger, clock);
    }

    private long found(LateSource source) {
        return source.rows.stream()
                .filter(row -> ledger.find(source.base(), row.resource(), "1").isPresent())
                .count();
    }

    /** Rows that bear the time at which their transaction began, and are visible when it ends. */
    private final class LateSource implements RecordingSource {
        private record Row(String resource, Instant stamp, Instant visible) {}

        private final String base;
        private final List<Row> rows = new ArrayList<>();
        private final List<Found> deleted = new ArrayList<>();
        private int handedOn;
        private boolean breaking;

        LateSource(String base, long seed, int count, Duration latest) {
            this.base = base;
            Random random = new Random(seed);
            Instant stamp = clock.instant();
            for (int i = 0; i < count; i++) {
                stamp = stamp.plusSeconds(random.nextInt(60));
                boolean late = random.nextInt(10) == 0;
                Duration delay = late ? Duration.ofSeconds(random.nextLong(latest.getSeconds() + 1)) : Duration.ZERO;
                rows.add(new Row("Observation/" + i, stamp, stamp.plus(delay)));
            }
        }

        /** How long from now until the last row is visible and two sweeps have passed. */
        Duration end() {
            Instant last = rows.stream()
                    .map(Row::visible)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            return Duration.between(clock.instant(), last)
                    .plus(SWEEP.multipliedBy(2))
                    .plus(EVERY);
        }

        @Override
        public String base() {
            return base;
        }

        @Override
        public Cursor poll(Cursor from, Consumer<List<Found>> page) {
            List<Found> found = rows.stream()
                    .filter(row -> !row.visible().isAfter(clock.instant()))
                    .filter(row -> from.watermark()
                            .map(start -> !row.stamp().isBefore(start.minus(OVERLAP)))
                            .orElse(true))
                    .map(row -> new Found(row.resource(), "1", row.stamp()))
                    .toList();
            handedOn += found.size();
            if (!found.isEmpty()) {
                page.accept(found);
            }
            if (breaking) {
                throw new IllegalStateException("the next page does not come");
            }
            return found.stream()
                    .map(Found::lastUpdated)
                    .max(Comparator.naturalOrder())
                    .filter(latest -> from.watermark().map(latest::isAfter).orElse(true))
                    .map(Cursor::from)
                    .orElse(from);
        }

        @Override
        public Cursor now() {
            return Cursor.from(clock.instant());
        }

        @Override
        public List<Found> find(List<String> ids) {
            throw new UnsupportedOperationException("nobody notifies us here");
        }

        @Override
        public Cursor deletions(Cursor from, Consumer<List<Found>> page) {
            if (!deleted.isEmpty()) {
                page.accept(List.copyOf(deleted));
            }
            return Cursor.from(clock.instant());
        }

        @Override
        public Optional<Observation> read(Found found) {
            throw new UnsupportedOperationException("nothing is read here");
        }
    }
}
