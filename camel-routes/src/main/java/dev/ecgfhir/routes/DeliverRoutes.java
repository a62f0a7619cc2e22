package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.report.Withdrawal;
import dev.ecgfhir.ledger.Claim;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/** Makes the route by which reports go to a target. */
final class DeliverRoutes {
    private final RoutesConfig config;
    private final RouteParts parts;
    private final Wake wake;
    private final Withdrawals withdrawals;

    DeliverRoutes(RoutesConfig config, RouteParts parts, Wake wake, Withdrawals withdrawals) {
        this.config = config;
        this.parts = parts;
        this.wake = wake;
        this.withdrawals = withdrawals;
    }

    /** Makes the route to a target; its client goes into the context's registry. */
    DeliverRoute to(TargetLane lane, CamelContext context) {
        String name = lane.config().name();
        String client = "ecgfounder-routes-client-" + name;
        context.getRegistry().bind(client, lane.client());
        String queue = wake.deliverers(name);
        PrepareDelivery prepare = new PrepareDelivery(lane, parts, withdrawals);
        return new DeliverRoute(
                lane,
                queue,
                config.work(),
                "fhir:transaction/withBundle?inBody=bundle&client=#bean:" + client,
                new ClaimNext(
                        exchange -> toDeliver(lane),
                        () -> wake.wake(queue),
                        parts.ledger(),
                        config.retries(),
                        parts.clock()),
                prepare,
                exchange -> delivered(lane, prepare, exchange),
                new FailedDelivery(lane, parts.ledger(), config.retries(), parts.clock()));
    }

    private List<Claim> toDeliver(TargetLane lane) {
        return lane.pause().mayCall()
                ? parts.ledger()
                        .claimDeliverable(lane.config().name(), 1, config.work().lease())
                : List.of();
    }

    private static void delivered(TargetLane lane, PrepareDelivery prepare, Exchange exchange) {
        Claimed.of(exchange).log();
        Claim claim = Claimed.of(exchange).claim();
        Withdrawal order = exchange.getProperty(PrepareDelivery.ORDER, Withdrawal.class);
        if (order == null) {
            prepare.delivered(claim);
        } else {
            prepare.withdrawn(claim, order);
        }
        lane.pause().succeeded();
    }
}
