package dev.ecgfhir.wiring;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the many reports are kept: a file of H2, or a PostgreSQL that is started for them. */
final class ReportsDatabase implements AutoCloseable {
    private static final String H2_SIZES = "select table_name, disk_space_used('fhir.' || table_name) from"
            + " information_schema.tables where table_schema = 'FHIR' order by 2 desc limit 12";
    private static final String POSTGRESQL_SIZES = "select relname, pg_total_relation_size(c.oid) from pg_class c join"
            + " pg_namespace n on n.oid = relnamespace where nspname = 'fhir' and relkind = 'r' order by 2 desc limit 12";

    private final @Nullable EmbeddedPostgres postgres;
    private final Map<String, String> settings = new HashMap<>();

    private ReportsDatabase(Path directory, @Nullable EmbeddedPostgres postgres) {
        this.postgres = postgres;
        settings.put("server.port", "0");
        settings.put("ecgfhir.data-directory", directory.toString());
        settings.put("ecgfhir.model.demonstration", "true");
        if (postgres != null) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            for (String database : List.of("ecgfhir.ledger.", "ecgfhir.repository.")) {
                settings.put(database + "jdbc-url", url);
                settings.put(database + "user", "postgres");
            }
        }
    }

    /** Opens what an earlier run has left there, or makes it. */
    static ReportsDatabase open(Path directory, boolean postgresql) {
        try {
            return new ReportsDatabase(
                    directory,
                    postgresql
                            ? EmbeddedPostgres.builder()
                                    .setDataDirectory(directory.resolve("postgresql"))
                                    .setCleanDataDirectory(false)
                                    .start()
                            : null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Settings of a server over it. */
    Map<String, String> settings() {
        return settings;
    }

    /** Brings the figures up to date that plans of searches are made by; by itself PostgreSQL does so within minutes. */
    void analyze(RunningServer server) {
        if (postgres != null) {
            try (Connection connection = server.bean(HikariDataSource.class).getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("vacuum analyze");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The largest tables of the repository with their indexes, megabytes. */
    List<String> largestTables(RunningServer server) {
        List<String> tables = new ArrayList<>();
        try (Connection connection = server.bean(HikariDataSource.class).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(postgres == null ? H2_SIZES : POSTGRESQL_SIZES)) {
            while (rows.next()) {
                tables.add(String.format(Locale.ROOT, "%s %.1f", rows.getString(1), rows.getLong(2) / 1e6));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return tables;
    }

    @Override
    public void close() {
        if (postgres != null) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
