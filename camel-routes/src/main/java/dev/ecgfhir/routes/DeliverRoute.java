package dev.ecgfhir.routes;

import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.builder.RouteBuilder;
import org.hl7.fhir.r4.model.Bundle;

/**
 * Delivers finished reports to one target: when woken or swept, claim the next row, ask the target what it needs, send that as a
 * transaction, close the row. A failure goes to {@link FailedDelivery}; each message is one report.
 */
final class DeliverRoute extends RouteBuilder {
    private final TargetLane lane;
    private final String queue;
    private final long sweepMillis;
    private final String transaction;
    private final ClaimNext claim;
    private final Processor prepare;
    private final Processor delivered;
    private final Processor failed;

    /**
     * Makes the route.
     *
     * @param queue wakes it
     * @param transaction the endpoint that sends a Bundle
     */
    DeliverRoute(
            TargetLane lane,
            String queue,
            WorkConfig work,
            String transaction,
            ClaimNext claim,
            Processor prepare,
            Processor delivered,
            Processor failed) {
        this.lane = lane;
        this.queue = queue;
        this.sweepMillis = work.sweep().toMillis();
        this.transaction = transaction;
        this.claim = claim;
        this.prepare = prepare;
        this.delivered = delivered;
        this.failed = failed;
    }

    @Override
    public void configure() {
        String id = "deliver-" + lane.config().name();
        onException(Throwable.class).handled(true).process(failed).id(id + "-failed");

        from("timer:ecgfounder-" + id + "-sweep?delay=0&period=" + sweepMillis)
                .routeId(id + "-sweep")
                .to(queue)
                .id(id + "-wake");

        from(queue)
                .routeId(id)
                .shutdownRunningTask(ShutdownRunningTask.CompleteCurrentTaskOnly)
                .process(claim)
                .id(id + "-claim")
                .filter(exchangeProperty(Claimed.PROPERTY).isNotNull())
                .id(id + "-if-claimed")
                .process(prepare)
                .id(id + "-prepare")
                .filter(body().isInstanceOf(Bundle.class))
                .id(id + "-if-needed")
                .choice()
                .id(id + "-form")
                .when(exchangeProperty(PrepareDelivery.ONE_BY_ONE).isEqualTo(true))
                .process(exchange ->
                        lane.sink().writeOneByOne(exchange.getMessage().getBody(Bundle.class)))
                .id(id + "-one-by-one")
                .otherwise()
                .to(transaction)
                .id(id + "-transaction")
                .end()
                .process(delivered)
                .id(id + "-close");
    }
}
