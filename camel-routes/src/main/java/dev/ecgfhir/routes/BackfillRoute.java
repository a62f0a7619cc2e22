package dev.ecgfhir.routes;

import java.time.Duration;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.builder.RouteBuilder;

/** Fills the ledger from one source's archive, where somebody has ordered it: from a timer of its own. */
final class BackfillRoute extends RouteBuilder {
    private final String id;
    private final Duration interval;
    private final BackfillWork work;

    /**
     * Makes the route.
     *
     * @param source its name
     * @param interval how often it looks for orders
     */
    BackfillRoute(String source, Duration interval, BackfillWork work) {
        this.id = "backfill-" + source;
        this.interval = interval;
        this.work = work;
    }

    @Override
    public void configure() {
        from("timer:ecgfounder-" + id + "?period=" + interval.toMillis())
                .routeId(id)
                .shutdownRunningTask(ShutdownRunningTask.CompleteCurrentTaskOnly)
                .process(work)
                .id(id + "-read");
    }
}
