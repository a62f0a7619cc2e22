package dev.ecgfhir.benchmark;

import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerCounts;
import dev.ecgfhir.ledger.LedgerMigrations;
import dev.ecgfhir.ledger.Priority;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the ledger costs for one ECG, from its discovery to its delivery, when it holds a thousand rows and when it holds a million; one ECG
 * here, one there, in one run. The commands stand in {@code docs/scale.md}. No test: its name is none that is run by itself, and nothing is
 * asserted.
 */
class LedgerBenchmark {
    private static final int FEW = 1000;
    private static final int MANY = Integer.getInteger("ledger.rows", 1_000_000);
    private static final int ECGS = Integer.getInteger("ledger.ecgs", 1000);
    private static final int JOINED = Integer.getInteger("ledger.joined", 20);
    private static final String DATABASE = System.getProperty("ledger.database", "h2");

    @TempDir
    Path temporary;

    @Test
    void tells_milliseconds_of_one_ecg() throws Exception {
        Path folder = Path.of(System.getProperty("ledger.folder", temporary.toString()));
        if (DATABASE.equals("h2")) {
            try (HikariDataSource warm = h2(temporary.resolve("warm"), FEW);
                    HikariDataSource few = h2(temporary.resolve("few"), FEW);
                    HikariDataSource many = h2(folder.resolve("many"), MANY)) {
                compare(warm, few, many);
            }
        } else {
            try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                            .setServerConfig("shared_buffers", "256MB")
                            .setDataDirectory(folder.resolve("postgresql"))
                            .setCleanDataDirectory(false)
                            .start();
                    HikariDataSource warm = postgres(server, "warm" + System.nanoTime(), FEW);
                    HikariDataSource few = postgres(server, "few" + System.nanoTime(), FEW);
                    HikariDataSource many = postgres(server, "many", MANY)) {
                compare(warm, few, many);
            }
        }
    }

    /** Makes Java's compilers acquainted with the way on a ledger that does not count: a small one grows by what it is asked. */
    private static void compare(HikariDataSource warm, HikariDataSource few, HikariDataSource many) {
        LedgerWay small = way(few);
        LedgerWay large = way(many);
        alternate(way(warm), large, 3 * ECGS, JOINED);
        large.steps().clear();
        alternate(small, large, ECGS, JOINED);
        System.out.printf(Locale.ROOT, "%s, medians, ms: at %d and at %d rows%n", DATABASE, FEW, MANY);
        small.steps().forEach((step, times) -> row(step, times, large.steps().get(step)));
        count(few);
        count(many);
    }

    private static LedgerWay way(HikariDataSource pool) {
        return new LedgerWay(new Ledger(pool, Clock.systemUTC()));
    }

    private static void alternate(LedgerWay small, LedgerWay large, int ecgs, int joined) {
        String run = "Observation/live-" + System.nanoTime() + "-";
        for (int i = 0; i < ecgs; i++) {
            String resource = run + i;
            in(i, () -> small.ecg(resource), () -> large.ecg(resource));
        }
        for (int i = 0; i < joined; i++) {
            String resource = run + "joined-" + i;
            in(i, () -> small.joined(resource), () -> large.joined(resource));
        }
    }

    /** Neither is always the second, who finds the processor's caches as the first has left them. */
    private static void in(int turn, Runnable one, Runnable other) {
        (turn % 2 == 0 ? one : other).run();
        (turn % 2 == 0 ? other : one).run();
    }

    private static void row(String step, List<Double> few, List<Double> many) {
        System.out.printf(
                Locale.ROOT,
                "%-26s %8.4f %8.4f  ratio %.3f   means %8.4f %8.4f%n",
                step,
                median(few),
                median(many),
                median(many) / median(few),
                mean(few),
                mean(many));
    }

    /** Each time after a change: H2 does not ask the table again while nothing has changed. */
    private static void count(HikariDataSource pool) {
        Ledger ledger = new Ledger(pool, Clock.systemUTC());
        List<Double> times = new ArrayList<>();
        LedgerCounts counts = ledger.counts();
        for (int i = 0; i < 5; i++) {
            ledger.discover(FilledLedger.SOURCE, "Observation/" + System.nanoTime(), "1", Priority.BACKFILL);
            long begin = System.nanoTime();
            counts = ledger.counts();
            times.add((System.nanoTime() - begin) / 1e6);
        }
        System.out.printf(Locale.ROOT, "counting %d rows: %.2f ms%n", counts.discovered(), median(times));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static HikariDataSource h2(Path file, int rows) throws SQLException {
        String url = "jdbc:h2:file:" + file.toAbsolutePath() + ";" + LedgerMigrations.H2_SETTING
                + System.getProperty("ledger.h2", "");
        return FilledLedger.open(url, "sa", rows);
    }

    private static HikariDataSource postgres(EmbeddedPostgres server, String name, int rows) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet there = statement.executeQuery("select 1 from pg_database where datname = '" + name + "'")) {
            if (!there.next()) {
                connection.createStatement().execute("create database " + name);
            }
        }
        return FilledLedger.open(server.getJdbcUrl("postgres", name), "postgres", rows);
    }
}
