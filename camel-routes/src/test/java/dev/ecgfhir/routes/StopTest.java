package dev.ecgfhir.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerEntry;
import dev.ecgfhir.ledger.Pools;
import dev.ecgfhir.ledger.State;
import dev.ecgfhir.pipeline.Interpreter;
import dev.ecgfhir.terminology.Terminology;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An orderly stop while an ECG is in work and another one waits. */
class StopTest {
    private static final Duration LEASE = Duration.ofMinutes(10);

    @TempDir
    Path directory;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final CountDownLatch inWork = new CountDownLatch(1);
    private final CompletableFuture<Boolean> go = new CompletableFuture<>();
    private final AtomicInteger begun = new AtomicInteger();
    private FhirTestServer server;
    private HikariDataSource pool;
    private Ledger ledger;

    @BeforeEach
    void start() throws Exception {
        server = FhirTestServer.start();
        pool = Pools.h2(directory.resolve("ledger"));
        ledger = new Ledger(pool, Clock.systemUTC());
        server.observations.store(Ecgs.observation("1"));
        server.observations.store(Ecgs.observation("2"));
        context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        Interpreter real = Ecgs.interpreter();
        run(context, ledger, recording -> {
            begun.incrementAndGet();
            inWork.countDown();
            go.join();
            return real.interpret(recording);
        });
        inWork.await();
        Until.holds("both have their rows", () -> ledger.counts().discovered() == 2);
    }

    @AfterEach
    void stop() throws Exception {
        go.complete(true);
        context.stop();
        pool.close();
        server.close();
    }

    private void run(DefaultCamelContext camel, Ledger at, Interpreter interpreter) throws Exception {
        EcgRoutes.addTo(
                camel,
                new RoutesConfig(
                        List.of(SourceRouteConfig.at("hospital", server.url())
                                .every(Duration.ofMillis(100))
                                .build()),
                        List.of(),
                        new WorkConfig(1, 1, LEASE, Duration.ofMillis(100)),
                        new RetryConfig(Duration.ofMillis(20), Duration.ofMillis(100), 3)),
                RouteParts.of(at, interpreter, Terminology.labelMap(), FhirTestServer.FHIR, "0.1.0-test"));
        camel.start();
    }

    private LedgerEntry row(String id) {
        return ledger.find(server.url(), "Observation/" + id, "1").orElseThrow();
    }

    private List<LedgerEntry> rows() {
        return List.of(row("1"), row("2"));
    }

    @Test
    void what_is_in_work_ends_and_nothing_new_is_begun() {
        context.getShutdownStrategy().setTimeout(60_000);
        CompletableFuture<Boolean> stopped =
                CompletableFuture.supplyAsync(() -> OrderlyStop.of(context, Duration.ofMinutes(1)));
        Until.holds("it stops", context::isStopping);
        go.complete(true);
        assertThat(stopped.join()).isTrue();

        assertThat(begun).hasValue(1);
        assertThat(rows())
                .filteredOn(row -> row.state() != State.DISCOVERED)
                .singleElement()
                .satisfies(row -> assertThat(row.interpretedAt()).isPresent());
        assertThat(rows())
                .filteredOn(row -> row.state() == State.DISCOVERED)
                .singleElement()
                .satisfies(row -> assertThat(row.attempts()).isZero());
    }

    @Test
    void what_does_not_end_in_time_is_left_and_taken_up_again_when_its_lease_ends() throws Exception {
        context.getShutdownStrategy().setTimeout(500);
        assertThat(OrderlyStop.of(context, Duration.ofSeconds(1))).isFalse();
        assertThat(rows()).extracting(LedgerEntry::state).containsOnly(State.DISCOVERED);
        assertThat(rows()).extracting(LedgerEntry::attempts).containsExactlyInAnyOrder(0, 1);

        try (DefaultCamelContext next = new DefaultCamelContext()) {
            run(next, new Ledger(pool, Clock.offset(Clock.systemUTC(), LEASE)), Ecgs.interpreter());
            Until.holds("both are delivered", () -> ledger.counts().delivered() == 2);
            go.complete(true); // the one of long ago comes back after all
            next.stop();
        }
        assertThat(server.delivered).hasSize(2).doesNotHaveDuplicates();
    }
}
