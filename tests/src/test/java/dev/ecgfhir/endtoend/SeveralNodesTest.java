package dev.ecgfhir.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.ledger.DutyHolder;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerCounts;
import dev.ecgfhir.ledger.LedgerMigrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** Worker processes over one PostgreSQL and one Kafka, both real, of which one after the other is killed. */
class SeveralNodesTest {
    private static final long PATIENCE_SECONDS = 300;

    @TempDir
    static Path folder;

    private static Hospital hospital;
    private static EmbeddedPostgres postgres;
    private static EmbeddedKafkaKraftBroker kafka;

    @BeforeAll
    static void open() throws Exception {
        hospital = Hospital.shared();
        postgres = EmbeddedPostgres.start();
        kafka = new EmbeddedKafkaKraftBroker(1, 1);
        kafka.brokerProperty("group.initial.rebalance.delay.ms", "0");
        kafka.brokerProperty("group.min.session.timeout.ms", "1000");
        kafka.afterPropertiesSet();
    }

    @AfterAll
    static void close() throws IOException {
        kafka.destroy();
        postgres.close();
    }

    @Test
    void every_ecg_has_exactly_one_report_whoever_of_them_dies() throws Exception {
        String schema = LedgerMigrations.migrate(postgres.getPostgresDatabase(), "ecg");
        try (HikariDataSource pool = pool(schema)) {
            Ledger ledger = new Ledger(pool, Clock.systemUTC());
            LeadByLead ward = hospital.ward();
            List<String> ecgs = new ArrayList<>(hospital.receive(8));
            ecgs.addAll(ward.receive(1));
            ward.begin(5);
            Path log = folder.resolve("nodes.log");
            Set<String> alive = ConcurrentHashMap.newKeySet();
            // whoever comes to store a result as the third one dies with it
            AtomicInteger stored = new AtomicInteger();
            Predicate<String> third =
                    step -> step.equals("before interpret-hospital-store") && stored.incrementAndGet() == 3;
            try (WorkerProcess one = start("one", log, third, alive);
                    WorkerProcess two = start("two", log, third, alive)) {
                assertThat(hospital.until(PATIENCE_SECONDS, () -> one.lives() != two.lives()))
                        .as("one died in the middle of an ECG; %s", tail(log))
                        .isTrue();
                assertThat(hospital.reports(ecgs)).isLessThan(ecgs.size());
                ecgs.addAll(hospital.receive(2));
                ecgs.addAll(ward.complete());
                awaitReports(ecgs, log);
                assertThat(one.lives() != two.lives()).isTrue();
                String survivor = one.lives() ? "one" : "two";
                assertThat(pollers(ledger)).containsOnly(survivor);

                alive.clear();
                try (WorkerProcess three = start("three", log, step -> false, alive)) {
                    assertThat(hospital.until(PATIENCE_SECONDS, () -> alive.contains("three")))
                            .as(tail(log))
                            .isTrue();
                    assertThat(pollers(ledger)).containsOnly(survivor);
                    one.close();
                    two.close();
                    ecgs.addAll(hospital.receive(2));
                    ecgs.addAll(ward.receive(1));
                    awaitReports(ecgs, log);
                    assertThat(pollers(ledger)).containsOnly("three");
                    assertThat(hospital.until(
                                    PATIENCE_SECONDS, () -> ledger.counts().inProgress() == 0))
                            .as(tail(log))
                            .isTrue();
                    assertThat(three.lives()).isTrue();
                }
            }
            hospital.assertOneReportEach(ecgs);
            ward.assertOneReportEach(ecgs);
            LedgerCounts counts = ledger.counts();
            assertThat(counts.delivered()).isEqualTo(hospital.received() + ward.received());
            assertThat(counts.dead() + counts.refused() + counts.inProgress()).isZero();
        }
    }

    private static WorkerProcess start(String node, Path log, Predicate<String> dies, Set<String> alive)
            throws IOException {
        return WorkerProcess.start(
                hospital.fhirUrl(),
                postgres.getJdbcUrl("postgres", "postgres"),
                node,
                kafka.getBrokersAsString(),
                log,
                step -> {
                    if (step.equals("after duties-renew")) {
                        alive.add(node);
                    }
                    return dies.test(step);
                });
    }

    /** Whoever polls the hospital, and the ward. */
    private static List<String> pollers(Ledger ledger) {
        return ledger.dutyHolders().stream()
                .filter(DutyHolder::held)
                .map(DutyHolder::node)
                .toList();
    }

    private static void awaitReports(List<String> ecgs, Path log) throws Exception {
        assertThat(hospital.until(PATIENCE_SECONDS, () -> hospital.reports(ecgs) == ecgs.size()))
                .as("%d of %d reported; %s", hospital.reports(ecgs), ecgs.size(), tail(log))
                .isTrue();
    }

    private static HikariDataSource pool(String schema) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
        pool.setUsername("postgres");
        pool.setSchema(schema);
        return pool;
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
