package dev.ecgfhir.wiring;

import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.config.DatabaseException;
import dev.ecgfhir.config.DatabaseSettings;
import dev.ecgfhir.config.Pools;
import dev.ecgfhir.config.Settings;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerCounts;
import dev.ecgfhir.ledger.LedgerException;
import dev.ecgfhir.ledger.LedgerMigrations;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ledger: a schema and a pool of its own, migrated first of all. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {
    private static final String SCHEMA = "ecg";
    private static final int CONNECTIONS = 8;
    private static final int LOOKING_CONNECTIONS = 2;
    /** The part of the watched databases that is the ledger. */
    static final String LEDGER = "ledger";

    private static final String REPOSITORY = "repository";

    /** Always: discovered = delivered + refused + ignored + dead + in progress. */
    private static final Map<String, ToLongFunction<LedgerCounts>> COUNTED = Map.of(
            "discovered", LedgerCounts::discovered,
            "delivered", LedgerCounts::delivered,
            "refused", LedgerCounts::refused,
            "ignored", LedgerCounts::ignored,
            "dead", LedgerCounts::dead,
            "inProgress", LedgerCounts::inProgress);

    /** No candidate for others who ask for a data source: the repository's is the one. */
    @Bean(defaultCandidate = false)
    HikariDataSource ledgerDataSource(Settings settings) {
        DatabaseSettings database = settings.ledger();
        Room.check(LEDGER, database);
        try (HikariDataSource plain = Pools.of("ledger-schema", database, 2)) {
            LedgerMigrations.readThrough(plain, LedgerMigrations.migrate(plain, SCHEMA));
        } catch (RuntimeException e) {
            throw DatabaseException.of(LEDGER, database, e);
        }
        HikariDataSource pool = Pools.of("ledger", database, CONNECTIONS);
        pool.setSchema(database.schema(SCHEMA));
        return pool;
    }

    @Bean
    Ledger ledger(@Qualifier("ledgerDataSource") HikariDataSource ledgerDataSource, Clock clock) {
        return new Ledger(ledgerDataSource, clock);
    }

    /** For who only looks: whoever works waits half a minute for a connection, health and metrics have to answer before that. */
    @Bean(defaultCandidate = false)
    HikariDataSource lookingDataSource(
            Settings settings, @Qualifier("ledgerDataSource") HikariDataSource ledgerDataSource) {
        HikariDataSource pool = Pools.of("ledger-looks", settings.ledger(), LOOKING_CONNECTIONS);
        pool.setSchema(ledgerDataSource.getSchema());
        pool.setConnectionTimeout(DatabaseWatch.PATIENCE_MILLIS);
        return pool;
    }

    /** The same ledger, for health and metrics. */
    @Bean(defaultCandidate = false)
    Ledger lookedAtLedger(@Qualifier("lookingDataSource") HikariDataSource lookingDataSource, Clock clock) {
        return new Ledger(lookingDataSource, clock);
    }

    /** What makes this program unable to go on is told to whoever asks whether it lives. */
    @Bean
    DatabaseWatch databaseWatch(Settings settings, ApplicationEventPublisher events, Ledger ledger) {
        Map<String, DatabaseSettings> databases = new LinkedHashMap<>();
        databases.put(LEDGER, settings.ledger());
        if (settings.repository().enabled()) {
            databases.put(REPOSITORY, settings.repository().database());
        }
        return new DatabaseWatch(
                databases, failure -> AvailabilityChangeEvent.publish(events, failure, LivenessState.BROKEN));
    }

    @Bean
    HealthIndicator ledgerHealthIndicator(RecentCounts recent, DatabaseWatch watch, Settings settings) {
        return () -> watch.failure(LEDGER)
                .map(DatabaseHealth::down)
                .orElseGet(() -> counted(recent, settings.ledger()))
                .build();
    }

    private static Health.Builder counted(RecentCounts recent, DatabaseSettings database) {
        try {
            LedgerCounts counts = recent.counts();
            Health.Builder health = Health.up();
            COUNTED.forEach((name, count) -> health.withDetail(name, count.applyAsLong(counts)));
            return health;
        } catch (LedgerException e) {
            return DatabaseHealth.down(DatabaseException.of(LEDGER, database, e));
        }
    }

    /** Spring Boot's own one of this name knows only the repository's pool, waits as long as a pool does, and takes H2's word for a file that is closed. */
    @Bean
    HealthContributor dbHealthContributor(DatabaseWatch watch) {
        Map<String, HealthContributor> parts = new LinkedHashMap<>();
        watch.databases().forEach((part, database) -> parts.put(part, new DatabaseHealth(watch, part, database)));
        return CompositeHealthContributor.fromMap(parts);
    }

    /** Health and metrics count together. */
    @Bean
    RecentCounts recentCounts(@Qualifier("lookedAtLedger") Ledger lookedAtLedger, Clock clock) {
        return new RecentCounts(lookedAtLedger::counts, clock);
    }

    @Bean
    MeterBinder ledgerMetrics(Ledger ledger, RecentCounts recent, DatabaseWatch watch, Clock clock) {
        return registry -> {
            COUNTED.forEach((name, count) -> Gauge.builder(
                            "ecgfhir.ledger.recordings",
                            recent,
                            source ->
                                    watch.failure(LEDGER).isPresent() ? Double.NaN : count.applyAsLong(source.counts()))
                    .description("ECGs in the ledger; discovered is the sum of the others")
                    .tag("state", name.toLowerCase(Locale.ROOT))
                    .strongReference(true)
                    .register(registry));
            ledger.addListener(new LedgerMeters(registry, ledger, clock));
        };
    }
}
