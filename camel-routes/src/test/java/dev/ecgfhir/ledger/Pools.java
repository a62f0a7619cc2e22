package dev.ecgfhir.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import org.h2.jdbcx.JdbcDataSource;

/** Pools for tests, as the product opens them: migrate first, then a pool whose connections are in the ledger's schema. */
public final class Pools {
    private Pools() {}

    /** Opens, or opens again, a ledger in an H2 file. */
    public static HikariDataSource h2(Path file) {
        String url = "jdbc:h2:file:" + file.toAbsolutePath() + ";" + LedgerMigrations.H2_SETTING;
        JdbcDataSource plain = new JdbcDataSource();
        plain.setURL(url);
        plain.setUser("sa");
        return pool(url, "sa", LedgerMigrations.migrate(plain, "ecg"));
    }

    /** Opens, or opens again, a ledger in a schema of a PostgreSQL. */
    public static HikariDataSource postgres(EmbeddedPostgres server, String schema) {
        return pool(
                server.getJdbcUrl("postgres", "postgres"),
                "postgres",
                LedgerMigrations.migrate(server.getPostgresDatabase(), schema));
    }

    static HikariDataSource pool(String url, String user, String schema) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(user);
        pool.setPassword("");
        pool.setSchema(schema);
        pool.setMaximumPoolSize(8);
        return pool;
    }
}
