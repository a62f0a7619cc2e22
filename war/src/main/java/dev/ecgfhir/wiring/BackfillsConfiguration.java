package dev.ecgfhir.wiring;

import dev.ecgfhir.ledger.Backfill;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What health and metrics tell of backfills, of all nodes. */
@Configuration(proxyBeanMethods = false)
class BackfillsConfiguration {
    /** Never down: a backfill that failed is nothing that another server would do better. */
    @Bean
    HealthIndicator backfillsHealthIndicator(@Qualifier("lookedAtLedger") Ledger ledger, DatabaseWatch watch) {
        return () -> {
            Health.Builder health = Health.up();
            if (watch.failure(LedgerConfiguration.LEDGER).isPresent()) {
                return Health.unknown()
                        .withDetail("detail", "the ledger's database does not answer")
                        .build();
            }
            try {
                ledger.backfills().all().stream()
                        .filter(job -> job.state() != Backfill.State.DONE && job.state() != Backfill.State.CANCELLED)
                        .forEach(job -> health.withDetail(
                                job.id() + " of " + job.order().source(), text(job)));
            } catch (LedgerException e) {
                return Health.unknown()
                        .withDetail("detail", "the ledger's database does not answer")
                        .build();
            }
            return health.build();
        };
    }

    private static String text(Backfill job) {
        return job.state().name().toLowerCase(Locale.ROOT)
                + job.fraction()
                        .map(part -> String.format(Locale.ROOT, ", %.0f %%", Math.floor(100 * part)))
                        .orElse("")
                + ", " + job.counts().found() + " ECGs found, " + job.counts().discovered() + " of them new"
                + job.reason()
                        .map(reason -> "; " + reason + ": " + job.detail().orElse(""))
                        .orElse("");
    }

    @Bean
    MeterBinder backfillMetrics(@Qualifier("lookedAtLedger") Ledger ledger, DatabaseWatch watch) {
        return registry -> {
            for (Backfill.State state : Backfill.State.values()) {
                Gauge.builder(
                                "ecgfhir.backfill.jobs",
                                ledger,
                                there -> watch.failure(LedgerConfiguration.LEDGER)
                                                .isPresent()
                                        ? Double.NaN
                                        : count(there, state))
                        .description("backfills by state, of all nodes")
                        .tag("state", state.name().toLowerCase(Locale.ROOT))
                        .register(registry);
            }
        };
    }

    private static double count(Ledger ledger, Backfill.State state) {
        try {
            return ledger.backfills().all().stream()
                    .filter(job -> job.state() == state)
                    .count();
        } catch (LedgerException e) {
            return Double.NaN;
        }
    }
}
