package dev.ecgfhir.benchmark;

import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.ledger.Claim;
import dev.ecgfhir.ledger.Discovery;
import dev.ecgfhir.ledger.FinishedReport;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerMigrations;
import dev.ecgfhir.ledger.Priority;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the ledger costs for one ECG, from its discovery to its delivery, when it holds a thousand rows and when it holds a million; in turns,
 * in one run, on H2 and on PostgreSQL. The command stands in {@code docs/scale.md}. No test: its name is none that is run by itself, and
 * nothing is asserted.
 */
class LedgerBenchmark {
    private static final String SOURCE = "http://source/fhir";
    private static final int FEW = 1000;
    private static final int MANY = Integer.getInteger("ledger.rows", 1_000_000);
    private static final int ECGS = Integer.getInteger("ledger.ecgs", 300);
    private static final int ROUNDS = Integer.getInteger("ledger.rounds", 7);
    private static final Duration LEASE = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private int next;

    @Test
    void tells_milliseconds_of_one_ecg() throws Exception {
        try (HikariDataSource few = h2("few");
                HikariDataSource many = h2("many")) {
            compare("H2", "system_range", few, many);
        }
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("shared_buffers", "256MB")
                        .start();
                HikariDataSource few = postgres(server, "few");
                HikariDataSource many = postgres(server, "many")) {
            compare("PostgreSQL", "generate_series", few, many);
        }
    }

    private void compare(String database, String series, HikariDataSource few, HikariDataSource many)
            throws SQLException {
        fill(few, series, FEW);
        fill(many, series, MANY);
        Ledger small = new Ledger(few, Clock.systemUTC());
        Ledger large = new Ledger(many, Clock.systemUTC());
        pass(small);
        pass(large);
        List<Double> smalls = new ArrayList<>();
        List<Double> larges = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            smalls.add(pass(small));
            larges.add(pass(large));
        }
        double atFew = median(smalls);
        double atMany = median(larges);
        System.out.printf(
                Locale.ROOT,
                "%s: %.3f ms at %d rows, %.3f ms at %d rows, ratio %.2f%n",
                database,
                atFew,
                FEW,
                atMany,
                MANY,
                atMany / atFew);
    }

    /** Rows of the past: of a hundred 97 are delivered, one is refused, one is dead, and one waits behind everything else. */
    private static void fill(HikariDataSource pool, String series, int rows) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            String number = series.equals("system_range") ? "x" : "n";
            String from = series.equals("system_range")
                    ? "system_range(1, " + rows + ")"
                    : "generate_series(1, " + rows + ") n";
            String state =
                    "case mod(" + number + ", 100) when 1 then 'REFUSED' when 2 then 'DEAD' when 3 then 'DISCOVERED'"
                            + " else 'DELIVERED' end";
            statement.execute(
                    "insert into ledger_entry (source, resource, version, source_updated, state, reason, priority,"
                            + " attempts, failures, available_at, target, model_hash, report_identifier, discovered_at,"
                            + " interpreted_at, finished_at) select '" + SOURCE + "', 'Observation/' || " + number
                            + ", '1', current_timestamp, " + state + ", case when mod(" + number
                            + ", 100) in (1, 2) then 'TOO_SHORT' end, 2, 1, 0, current_timestamp, 'main', 'sha256:ab', 'report-' || "
                            + number + ", current_timestamp, current_timestamp, case when mod(" + number
                            + ", 100) <> 3 then current_timestamp end from " + from);
            statement.execute("analyze");
        }
    }

    /** Takes ECGs one after the other from their discovery to their delivery; returns milliseconds of one. */
    private double pass(Ledger ledger) {
        String bundle = "x".repeat(20_000);
        long begin = System.nanoTime();
        for (int i = 0; i < ECGS; i++) {
            String resource = "Observation/live-" + next++;
            ledger.discover(SOURCE, List.of(new Discovery(resource, "1", Instant.now(), Priority.ROUTINE)));
            ledger.feeds().save(SOURCE, "lastUpdated:" + Instant.now());
            Claim found = ledger.claimDiscovered(List.of(SOURCE), 1, LEASE).get(0);
            ledger.interpreted(found, new FinishedReport("sha256:ab", resource, "main", bundle));
            Claim finished = ledger.claimDeliverable("main", 1, LEASE).get(0);
            ledger.outbox().report(finished.entry().id());
            ledger.delivered(finished);
            if (!finished.entry().resource().equals(resource)) {
                throw new IllegalStateException(
                        "the ledger gave " + finished.entry().resource() + " for " + resource);
            }
        }
        return (System.nanoTime() - begin) / 1e6 / ECGS;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private HikariDataSource h2(String name) {
        return pool("jdbc:h2:file:" + folder.resolve(name).toAbsolutePath() + ";" + LedgerMigrations.H2_SETTING, "sa");
    }

    private static HikariDataSource postgres(EmbeddedPostgres server, String name) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return pool(server.getJdbcUrl("postgres", name), "postgres");
    }

    private static HikariDataSource pool(String url, String user) {
        HikariDataSource plain = new HikariDataSource();
        plain.setJdbcUrl(url);
        plain.setUsername(user);
        plain.setPassword("");
        String schema = LedgerMigrations.migrate(plain, "ecg");
        HikariDataSource pool = new HikariDataSource();
        plain.copyStateTo(pool);
        pool.setSchema(schema);
        plain.close();
        return pool;
    }
}
