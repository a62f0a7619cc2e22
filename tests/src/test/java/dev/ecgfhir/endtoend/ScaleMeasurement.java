package dev.ecgfhir.endtoend;

import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.inference.EcgModel;
import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerMigrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/**
 * ECGs a second of one worker and of two, from the hospital's server and back, and what each process spends on one ECG; with {@code
 * -Dscale.kafka=true} through Kafka. Workers are the WAR itself without its repository, the ledger is in PostgreSQL, and all run on this
 * machine, the hospital's server too. The command stands in {@code docs/scale.md}. No test: its name is none that is run by itself, and nothing is
 * asserted.
 */
class ScaleMeasurement {
    private static final int ECGS = Integer.getInteger("scale.ecgs", 100);
    private static final int WORKERS = Integer.getInteger("scale.workers", 2);
    private static final boolean KAFKA = Boolean.getBoolean("scale.kafka");
    private static final int WARM = 30;
    private static final int ROWS = 200_000;
    private static final long PATIENCE_SECONDS = 600;

    @TempDir
    private Path folder;

    private final Instant begun = Instant.now();

    /** Processes whose work is told apart. */
    private record Part(String name, Predicate<ProcessHandle> processes) {
        double cpuMillis() {
            return ProcessHandle.allProcesses()
                            .filter(processes)
                            .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                            .mapToLong(Duration::toNanos)
                            .sum()
                    / 1e6;
        }
    }

    @Test
    void tells_ecgs_a_second_and_processor_time() throws Exception {
        bareNetwork();
        Hospital hospital = Hospital.atFullSpeed();
        EmbeddedKafkaKraftBroker kafka = new EmbeddedKafkaKraftBroker(1, 1);
        if (KAFKA) {
            kafka.brokerProperty("group.initial.rebalance.delay.ms", "0");
            kafka.afterPropertiesSet();
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
            pool.setUsername("postgres");
            pool.setSchema(LedgerMigrations.migrate(postgres.getPostgresDatabase(), "ecg"));
            Ledger ledger = new Ledger(pool, Clock.systemUTC());
            for (int workers = 1; workers <= WORKERS; workers++) {
                hospital.receive(ECGS + WARM);
                measure(workers, hospital, ledger, postgres, KAFKA ? kafka.getBrokersAsString() : "");
            }
            sizes(pool);
        } finally {
            if (KAFKA) {
                kafka.destroy();
            }
        }
    }

    private void measure(int workers, Hospital hospital, Ledger ledger, EmbeddedPostgres postgres, String brokers)
            throws Exception {
        List<Process> processes = new ArrayList<>();
        long before = ledger.counts().delivered();
        try {
            for (int i = 0; i < workers; i++) {
                processes.add(worker(i, hospital, postgres, brokers));
            }
            List<Part> parts = List.of(
                    new Part("workers", process -> isOf(processes, process)),
                    new Part("hospital's server", process -> isOf(List.of(hospital.process()), process)),
                    new Part("PostgreSQL", process -> isPostgres(process)));
            await(hospital, () -> ledger.counts().delivered() >= before + WARM);
            long start = System.nanoTime();
            long first = ledger.counts().delivered();
            List<Double> spent = parts.stream().map(Part::cpuMillis).toList();
            await(hospital, () -> ledger.counts().delivered() >= before + ECGS + WARM);
            double seconds = (System.nanoTime() - start) / 1e9;
            long ecgs = ledger.counts().delivered() - first;
            System.out.printf(
                    "%d workers%s: %d ECGs in %.1f s, %.2f a second%n",
                    workers, brokers.isEmpty() ? "" : " through Kafka", ecgs, seconds, ecgs / seconds);
            for (int i = 0; i < parts.size(); i++) {
                System.out.printf(
                        "  %s: %.1f ms of processor time for each ECG%n",
                        parts.get(i).name(), (parts.get(i).cpuMillis() - spent.get(i)) / ecgs);
            }
        } finally {
            for (Process process : processes) {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
                process.waitFor();
            }
        }
    }

    private boolean isPostgres(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("/postgres")
                && process.info().startInstant().filter(begun::isBefore).isPresent();
    }

    private static boolean isOf(List<Process> processes, ProcessHandle process) {
        return processes.stream()
                .anyMatch(one -> one.pid() == process.pid() || one.descendants().anyMatch(process::equals));
    }

    private Process worker(int number, Hospital hospital, EmbeddedPostgres postgres, String brokers)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "serve",
                "--port",
                "0",
                "--ecgfhir.node.name=worker-" + number,
                "--ecgfhir.model.demonstration=true",
                "--ecgfhir.repository.enabled=false",
                "--ecgfhir.data-directory=" + folder.resolve("worker-" + number),
                "--ecgfhir.ledger.jdbc-url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--ecgfhir.ledger.user=postgres",
                "--ecgfhir.sources.hospital.url=" + hospital.fhirUrl(),
                "--ecgfhir.sources.hospital.poll-interval=500ms"));
        if (!brokers.isEmpty()) {
            arguments.add("--ecgfhir.kafka.brokers=" + brokers);
        }
        return War.process(folder, arguments.toArray(String[]::new))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("worker-" + number + ".log").toFile())
                .start();
    }

    private static void await(Hospital hospital, java.util.function.BooleanSupplier condition)
            throws InterruptedException {
        if (!hospital.until(PATIENCE_SECONDS, condition)) {
            throw new IllegalStateException("not within " + PATIENCE_SECONDS + " s");
        }
    }

    /** The network alone, on windows that are ready: one thread, one window at a time. */
    private static void bareNetwork() {
        try (EcgModel model =
                EcgModels.demonstration(12, InferenceConfig.defaults()).model()) {
            List<ModelInput> window = List.of(ModelInput.of(new float[12][5000]));
            for (int i = 0; i < 200; i++) {
                model.score(window);
            }
            long begun = System.nanoTime();
            int windows = 500;
            for (int i = 0; i < windows; i++) {
                model.score(window);
            }
            System.out.printf(
                    "demonstration network alone, engine %s, one thread: %.2f ms a window%n",
                    model.engine(), (System.nanoTime() - begun) / 1e6 / windows);
        }
    }

    /** How large a ledger grows: rows like those that were delivered, many times over. */
    private static void sizes(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            long before = size(statement);
            statement.executeUpdate(
                    "insert into ledger_entry (source, resource, version, source_updated, state, priority,"
                            + " attempts, failures, available_at, target, model_hash, report_identifier, discovered_at,"
                            + " interpreted_at, finished_at, spread)"
                            + " select one.source, 'Observation/' || n, '1', one.source_updated, one.state, one.priority,"
                            + " one.attempts, one.failures, one.available_at, one.target, one.model_hash, one.report_identifier || n,"
                            + " one.discovered_at, one.interpreted_at, one.finished_at, n % 65536"
                            + " from (select * from ledger_entry where state = 'DELIVERED' limit 1) one,"
                            + " generate_series(1000000000, " + (1000000000 + ROWS - 1) + ") n");
            System.out.printf(
                    "PostgreSQL: %.0f bytes for each finished row, indexes included%n",
                    (size(statement) - before) / (double) ROWS);
        }
    }

    private static long size(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select pg_total_relation_size('ledger_entry')")) {
            row.next();
            return row.getLong(1);
        }
    }
}
