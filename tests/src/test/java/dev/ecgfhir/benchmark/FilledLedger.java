package dev.ecgfhir.benchmark;

import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.ledger.LedgerMigrations;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A ledger with rows of the past, as many as are asked for; one that is there already is used as it is. */
final class FilledLedger {
    static final String SOURCE = "http://source/fhir";

    private FilledLedger() {}

    static HikariDataSource open(String url, String user, int rows) throws SQLException {
        HikariDataSource plain = new HikariDataSource();
        plain.setJdbcUrl(url);
        plain.setUsername(user);
        plain.setPassword("");
        String schema = LedgerMigrations.migrate(plain, "ecg");
        HikariDataSource pool = new HikariDataSource();
        plain.copyStateTo(pool);
        pool.setSchema(schema);
        plain.close();
        fill(pool, url.startsWith("jdbc:h2:"), rows);
        return pool;
    }

    /**
     * Of a hundred rows 97 are delivered, one is refused, one is dead, and one waits for a day to come. Twelve each were joined to one
     * ECG.
     */
    private static void fill(HikariDataSource pool, boolean h2, int rows) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet one = statement.executeQuery("select 1 from ledger_entry limit 1")) {
                if (one.next()) {
                    return;
                }
            }
            String state = "case mod(x, 100) when 1 then 'REFUSED' when 2 then 'DEAD' when 3 then 'DISCOVERED'"
                    + " else 'DELIVERED' end";
            statement.execute(
                    "insert into ledger_entry (source, resource, version, source_updated, state, reason, priority,"
                            + " attempts, failures, available_at, target, model_hash, report_identifier, discovered_at,"
                            + " interpreted_at, finished_at) select '" + SOURCE
                            + "', 'Observation/' || x, '1', current_timestamp, " + state
                            + ", case when mod(x, 100) in (1, 2) then 'TOO_SHORT' end, 2, 1, 0, current_timestamp + interval '100' day, 'main', 'sha256:ab',"
                            + " 'report-' || x, current_timestamp, current_timestamp,"
                            + " case when mod(x, 100) <> 3 then current_timestamp end from " + numbers(h2, rows));
            statement.execute("insert into ledger_group (source, group_key, effective_at, due_at) select '" + SOURCE
                    + "', 'key-' || x, current_timestamp, current_timestamp from " + numbers(h2, rows / 12));
            statement.execute("insert into ledger_group_member (entry_id, group_id, lead_name, present)"
                    + " select x, (x - 1) / 12 + 1, 'I', true from " + numbers(h2, rows / 12 * 12));
            statement.execute(h2 ? "analyze" : "vacuum analyze");
        }
    }

    private static String numbers(boolean h2, int rows) {
        return h2
                ? "(select cast(x as int) x from system_range(1, " + rows + ")) numbers"
                : "generate_series(1, " + rows + ") x";
    }
}
