package dev.ecgfhir.cli;

import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.config.ConfigurationException;
import dev.ecgfhir.config.DatabaseException;
import dev.ecgfhir.config.DatabaseSettings;
import dev.ecgfhir.config.LedgerSettings;
import dev.ecgfhir.config.Pools;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerMigrations;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;

/** The ledger, opened by a command while no server runs. */
final class LedgerAtHand implements AutoCloseable {
    private static final String SCHEMA = "ecg";

    private final HikariDataSource pool;
    private final Ledger ledger;

    private LedgerAtHand(HikariDataSource pool) {
        this.pool = pool;
        this.ledger = new Ledger(pool, Clock.systemUTC());
    }

    /**
     * Opens it.
     *
     * @throws ConfigurationException if there is none
     */
    static LedgerAtHand open(LedgerSettings settings) {
        DatabaseSettings database = settings.ledger();
        database.file().filter(file -> !Files.exists(file)).ifPresent(file -> {
            throw new ConfigurationException(List.of("there is no ledger at " + file
                    + "; name the server's data directory with --ecgfhir.data-directory=DIR, or its settings with"
                    + " --ecgfhir.config=FILE"));
        });
        try (HikariDataSource plain = Pools.of("ledger-schema", database, 2)) {
            LedgerMigrations.migrate(plain, SCHEMA);
        } catch (RuntimeException e) {
            throw DatabaseException.of("ledger", database, e);
        }
        HikariDataSource pool = Pools.of("ledger", database, 2);
        pool.setSchema(database.schema(SCHEMA));
        return new LedgerAtHand(pool);
    }

    Ledger ledger() {
        return ledger;
    }

    @Override
    public void close() {
        pool.close();
    }
}
