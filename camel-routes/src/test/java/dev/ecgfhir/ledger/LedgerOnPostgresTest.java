package dev.ecgfhir.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class LedgerOnPostgresTest extends LedgerContract {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static EmbeddedPostgres server;

    private HikariDataSource pool;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Override
    DataSource emptyLedger() {
        String schema =
                LedgerMigrations.migrate(server.getPostgresDatabase(), "ecg" + SCHEMAS.incrementAndGet(), "fhir");
        pool = Pools.pool(server.getJdbcUrl("postgres", "postgres"), "postgres", schema);
        return pool;
    }

    @AfterEach
    void close() {
        pool.close();
    }
}
