package dev.ecgfhir.wiring;

import dev.ecgfhir.config.DatabaseException;
import dev.ecgfhir.config.DatabaseSettings;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Down while a part's database is away or cannot be used, with its name, why, and what to do. Asks nobody. */
final class DatabaseHealth implements HealthIndicator {
    private final DatabaseWatch watch;
    private final String part;
    private final DatabaseSettings database;

    DatabaseHealth(DatabaseWatch watch, String part, DatabaseSettings database) {
        this.watch = watch;
        this.part = part;
        this.database = database;
    }

    @Override
    public Health health() {
        return watch.failure(part)
                .map(DatabaseHealth::down)
                .orElseGet(() -> Health.up().withDetail("database", database.postgresql() ? "PostgreSQL" : "H2"))
                .build();
    }

    static Health.Builder down(DatabaseException failure) {
        return Health.down()
                .withDetail("reason", failure.reason().name())
                .withDetail("detail", String.valueOf(failure.getMessage()));
    }
}
