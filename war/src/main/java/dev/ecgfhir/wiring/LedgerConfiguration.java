package dev.ecgfhir.wiring;

import com.zaxxer.hikari.HikariDataSource;
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
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.jdbc.DataSourceHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ledger: a schema and a pool of its own, migrated first of all. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {
    private static final String SCHEMA = "ecg";
    private static final int CONNECTIONS = 8;

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
        try (HikariDataSource plain = Pools.of("ledger-schema", database, 2)) {
            LedgerMigrations.migrate(plain, SCHEMA);
        }
        HikariDataSource pool = Pools.of("ledger", database, CONNECTIONS);
        pool.setSchema(database.schema(SCHEMA));
        return pool;
    }

    @Bean
    Ledger ledger(@Qualifier("ledgerDataSource") HikariDataSource ledgerDataSource, Clock clock) {
        return new Ledger(ledgerDataSource, clock);
    }

    @Bean
    HealthIndicator ledgerHealthIndicator(Ledger ledger) {
        return () -> {
            try {
                LedgerCounts counts = ledger.counts();
                Health.Builder health = Health.up();
                COUNTED.forEach((name, count) -> health.withDetail(name, count.applyAsLong(counts)));
                return health.build();
            } catch (LedgerException e) {
                return Health.down()
                        .withDetail("detail", "the ledger's database does not answer")
                        .build();
            }
        };
    }

    /** Spring Boot's own one of this name knows only the repository's pool, and is not there without it. */
    @Bean
    HealthContributor dbHealthContributor(
            @Qualifier("ledgerDataSource") HikariDataSource ledgerDataSource,
            ObjectProvider<HikariDataSource> repositoryDataSource) {
        Map<String, HealthContributor> pools = new LinkedHashMap<>();
        pools.put("ledger", new DataSourceHealthIndicator(ledgerDataSource));
        repositoryDataSource.ifAvailable(pool -> pools.put("repository", new DataSourceHealthIndicator(pool)));
        return CompositeHealthContributor.fromMap(pools);
    }

    @Bean
    MeterBinder ledgerMetrics(Ledger ledger, Clock clock) {
        RecentCounts recent = new RecentCounts(ledger, clock);
        return registry -> {
            COUNTED.forEach((name, count) -> Gauge.builder(
                            "ecgfhir.ledger.recordings", recent, source -> count.applyAsLong(source.counts()))
                    .description("ECGs in the ledger; discovered is the sum of the others")
                    .tag("state", name.toLowerCase(Locale.ROOT))
                    .strongReference(true)
                    .register(registry));
            ledger.addListener(new LedgerMeters(registry, ledger, clock));
        };
    }
}
