package dev.ecgfhir.routes;

import dev.ecgfhir.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what ended long ago from the ledger, at the start and each hour. On several nodes each does; the second finds nothing. */
final class PurgeRoute extends RouteBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(PurgeRoute.class);
    private static final Duration PERIOD = Duration.ofHours(1);

    private final Ledger ledger;
    private final Duration retention;
    private final Clock clock;

    PurgeRoute(Ledger ledger, Duration retention, Clock clock) {
        this.ledger = ledger;
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("timer:ecgfounder-purge?delay=0&period=" + PERIOD.toMillis())
                .routeId("purge")
                .process(this::purge)
                .id("purge-ledger");
    }

    private void purge(Exchange exchange) {
        if (exchange.getContext().isStopping()) {
            return;
        }
        try {
            Instant before = clock.instant().minus(retention);
            long rows = ledger.purge(before);
            ledger.groups().purge(before);
            LOG.info("{} rows of the ledger that ended more than {} days ago are deleted", rows, retention.toDays());
        } catch (RuntimeException e) {
            LOG.warn("old rows of the ledger are not deleted: {}; tried again in an hour", Failures.describe(e));
        }
    }
}
