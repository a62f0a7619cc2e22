package dev.ecgfhir.wiring;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Copies reports and their results in the repository's own tables, row by row: what would take hours through the repository takes minutes. A copy has ids
 * of its own and links to its own results; all else is the original's, and the rows are those that the repository made.
 */
final class ReportCopies {
    /** More than any id that the repository has given. */
    private static final long DISTANCE = 1_000_000_000L;

    private static final String COPIED =
            "select res_id from hfj_resource where res_type in ('Observation', 'DiagnosticReport') and fhir_id like 'many-2024-%'"
                    + " and res_id < " + DISTANCE;

    private final Connection connection;
    private final int copy;

    private ReportCopies(Connection connection, int copy) {
        this.connection = connection;
        this.copy = copy;
    }

    /** Makes copies, the first of them with number 1. */
    static void make(RunningServer server, int copies) {
        try (Connection connection = server.bean(HikariDataSource.class).getConnection()) {
            for (int copy = 1; copy <= copies; copy++) {
                new ReportCopies(connection, copy).make();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void make() throws SQLException {
        String later = "%s + " + copy * DISTANCE;
        copy("hfj_resource", "res_id", Map.of("res_id", later, "fhir_id", "concat(%s, '-copy-" + copy + "')"));
        copy("hfj_res_ver", "res_id", Map.of("res_id", later, "pid", later));
        for (String kind : List.of("token", "quantity", "date", "string", "uri", "number")) {
            copy("hfj_spidx_" + kind, "res_id", Map.of("res_id", later, "sp_id", later));
        }
        copy("hfj_res_tag", "res_id", Map.of("res_id", later, "pid", later));
        copy("hfj_history_tag", "res_id", Map.of("res_id", later, "pid", later, "res_ver_pid", later));
        copy(
                "hfj_res_link",
                "src_resource_id",
                Map.of(
                        "src_resource_id", later,
                        "pid", later,
                        "target_resource_id", "case when %s in (" + COPIED + ") then " + later + " else %s end"));
    }

    private void copy(String table, String owner, Map<String, String> changed) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String column : columns(table)) {
            columns.put(column, changed.getOrDefault(column, "%s").replace("%s", column));
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("insert into " + table + " (" + String.join(", ", columns.keySet()) + ") select "
                    + String.join(", ", columns.values()) + " from " + table + " where " + owner + " in (" + COPIED
                    + ")");
        }
    }

    private List<String> columns(String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet rows = connection
                .getMetaData()
                .getColumns(
                        null,
                        connection.getSchema(),
                        connection.getMetaData().storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table,
                        null)) {
            while (rows.next()) {
                columns.add(rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
            }
        }
        return columns;
    }
}
