package dev.ecgfhir.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.ledger.LedgerMigrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills the process that does the work, at every step of an ECG's way and in the middle of steps, on a network that loses, cuts and delays;
 * in the end each ECG has exactly one report, those among them whose leads are one Observation each.
 *
 * <p>{@code -Dchaos.kills=300} makes it long, {@code -Dchaos.postgres=true} has the ledger on PostgreSQL, {@code -Dchaos.seed=N} repeats a
 * run: which step dies and which connection fails is drawn from it, the machine's timing is not.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChaosTest {
    private static final Logger LOG = LoggerFactory.getLogger(ChaosTest.class);
    private static final int KILLS = Integer.getInteger("chaos.kills", 3);
    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
    private static final boolean POSTGRES = Boolean.getBoolean("chaos.postgres");
    private static final int LEADS = 12;
    private static final long PATIENCE_SECONDS = 300;
    private static final long RACE_SECONDS = 2;

    @TempDir
    static Path folder;

    private static Hospital hospital;
    private static LeadByLead ward;

    private final Random random = new Random(SEED);

    @BeforeAll
    static void open() throws Exception {
        hospital = Hospital.shared();
        ward = hospital.ward();
    }

    @Test
    @Order(2)
    void every_ecg_has_exactly_one_report_whatever_is_killed() throws Exception {
        LOG.info("chaos.seed={} chaos.kills={}", SEED, KILLS);
        EmbeddedPostgres postgres = POSTGRES ? EmbeddedPostgres.start() : null;
        try (postgres) {
            killed(postgres == null ? ledger("chaos") : postgres.getJdbcUrl("postgres", "postgres"));
        }
    }

    private void killed(String ledger) throws Exception {
        Path log = folder.resolve("worker.log");
        List<String> ecgs = new ArrayList<>(hospital.receive(2));
        ecgs.addAll(ward.receive(1));
        int killed = 0;
        Map<String, Long> counts;
        try (FaultyNetwork network = new FaultyNetwork(hospital.port(), SEED)) {
            // one address all the time: a source is known by it
            String through = "http://localhost:" + network.port() + "/fhir";
            List<String> ways = learnSteps(through, ledger, log, ecgs);
            assertThat(ways).as("steps of an ECG").hasSizeGreaterThan(20);
            network.storm();
            for (int kill = 0; kill < KILLS; kill++) {
                ecgs.addAll(hospital.receive(1 + random.nextInt(2)));
                ecgs.addAll(ward.receive(random.nextInt(2)));
                ecgs.addAll(ward.complete()); // the one that the last worker saw in part
                ward.begin(1 + random.nextInt(LEADS - 1));
                String step = ways.get(random.nextInt(ways.size()));
                Death deadly = Death.drawn(step, step.contains("interpret-ward") ? LEADS : 1, random);
                try (WorkerProcess worker = WorkerProcess.start(through, ledger, log, deadly)) {
                    deadly.by(worker::kill);
                    boolean dead = !hospital.until(
                                    PATIENCE_SECONDS, () -> !worker.lives() || hospital.reports(ecgs) == ecgs.size())
                            || !worker.lives();
                    assertThat(dead || hospital.reports(ecgs) == ecgs.size())
                            .as("kill %d of seed %d at '%s': neither died nor done; %s", kill, SEED, deadly, tail(log))
                            .isTrue();
                    killed += dead ? 1 : 0;
                    LOG.info(
                            "kill {}: {} {}",
                            kill,
                            deadly,
                            dead ? "was its end" : "was not met again; killed when all was done");
                }
            }
            LOG.info(
                    "{} workers killed at a step, {} when all was done; connections: {}",
                    killed,
                    KILLS - killed,
                    network.faults());
            network.calm();
            ecgs.addAll(ward.complete());
            counts = finish(through, ledger, log);
        }

        LOG.info(
                "{} ECGs, {} of them lead by lead; ECGs by number of reports: {}; ledger: {}",
                ecgs.size(),
                ward.received(),
                hospital.ecgsByReports(ecgs),
                counts);
        hospital.assertOneReportEach(ecgs);
        ward.assertOneReportEach(ecgs);
        assertThat(counts.get("discovered"))
                .isEqualTo(counts.get("delivered")
                        + counts.get("refused")
                        + counts.get("ignored")
                        + counts.get("dead")
                        + counts.get("inProgress"));
        assertThat(counts.get("delivered")).as("seed %d", SEED).isEqualTo(hospital.received() + ward.received());
        assertThat(counts.get("dead") + counts.get("refused") + counts.get("inProgress"))
                .isZero();
    }

    /** Both are held before the transaction that writes a report, until both have asked the server and found none. */
    @Test
    @Order(1) // its ledgers are new and read all that the hospital has
    void of_two_nodes_that_know_nothing_of_each_other_and_write_at_once_one_makes_the_report() throws Exception {
        Path log = folder.resolve("two.log");
        List<String> ecgs = new ArrayList<>(hospital.receive(Math.max(4, KILLS / 3)));
        ecgs.addAll(ward.receive(1));
        String first = ledger("first");
        String second = ledger("second");
        CyclicBarrier together = new CyclicBarrier(2);
        AtomicInteger races = new AtomicInteger();
        try (WorkerProcess one =
                        WorkerProcess.start(hospital.fhirUrl(), first, log, step -> race(step, together, races));
                WorkerProcess other =
                        WorkerProcess.start(hospital.fhirUrl(), second, log, step -> race(step, together, races))) {
            assertThat(hospital.until(PATIENCE_SECONDS, () -> hospital.reports(ecgs) == ecgs.size()))
                    .as("all reported; %s", tail(log))
                    .isTrue();
            assertThat(one.lives() && other.lives()).isTrue();
        }
        finish(hospital.fhirUrl(), first, log);
        finish(hospital.fhirUrl(), second, log);

        LOG.info(
                "{} ECGs, {} written by both at once; ECGs by number of reports: {}",
                ecgs.size(),
                races.get() / 2,
                hospital.ecgsByReports(ecgs));
        assertThat(races.get()).as("transactions that were sent together").isPositive();
        hospital.assertOneReportEach(ecgs);
        ward.assertOneReportEach(ecgs);
    }

    /** Holds a worker that is about to write until the other one is, or for so long that the other is seen to write something else. */
    private static boolean race(String step, CyclicBarrier together, AtomicInteger races) {
        if (step.equals("before deliver-hospital-transaction")) {
            try {
                together.await(RACE_SECONDS, TimeUnit.SECONDS);
                races.incrementAndGet();
            } catch (TimeoutException | BrokenBarrierException e) {
                together.reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return false;
    }

    private static List<String> learnSteps(String fhirUrl, String ledger, Path log, List<String> ecgs)
            throws Exception {
        Set<String> steps = new LinkedHashSet<>();
        try (WorkerProcess worker = WorkerProcess.start(fhirUrl, ledger, log, step -> {
            synchronized (steps) {
                steps.add(step);
                return false;
            }
        })) {
            assertThat(hospital.until(PATIENCE_SECONDS, () -> !worker.lives() || hospital.reports(ecgs) == ecgs.size()))
                    .as("the first reports; %s", tail(log))
                    .isTrue();
            assertThat(worker.lives()).as(tail(log)).isTrue();
        }
        synchronized (steps) {
            return List.copyOf(steps);
        }
    }

    /**
     * Lets a last worker finish in peace: until it sees nothing in progress in its ledger.
     *
     * @return what it saw. The file may have less when it is dead: H2 writes up to half a second late
     */
    private static Map<String, Long> finish(String fhirUrl, String ledger, Path log) throws Exception {
        try (WorkerProcess worker = WorkerProcess.start(fhirUrl, ledger, log, step -> false)) {
            assertThat(hospital.until(
                            PATIENCE_SECONDS,
                            () -> !worker.lives() || worker.hasDelivered(hospital.received() + ward.received())))
                    .as("work is left over: %s; %s", worker.ledger(), tail(log))
                    .isTrue();
            assertThat(worker.lives()).as(tail(log)).isTrue();
            return worker.ledger();
        }
    }

    private static String ledger(String name) {
        return "jdbc:h2:file:" + folder.resolve(name).toAbsolutePath() + ";" + LedgerMigrations.H2_SETTING;
    }

    /** Returns the end of a worker's log and of the hospital's. */
    private static String tail(Path log) {
        return lastLines(log) + "\nthe hospital:\n" + lastLines(hospital.log());
    }

    private static String lastLines(Path log) {
        try {
            List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
