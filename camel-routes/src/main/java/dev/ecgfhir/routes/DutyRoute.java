package dev.ecgfhir.routes;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps this node's duties, and takes those that another node no longer keeps, from a timer of its own: a poll may last for long. */
final class DutyRoute extends RouteBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(DutyRoute.class);

    private final NodeConfig node;
    private final List<Watch> watches;

    DutyRoute(NodeConfig node, List<Watch> watches) {
        this.node = node;
        this.watches = List.copyOf(watches);
    }

    @Override
    public void configure() {
        from("timer:ecgfounder-duties?delay=0&period=" + node.renewal().toMillis())
                .routeId("duties")
                .process(this::renew)
                .id("duties-renew");
    }

    private void renew(Exchange exchange) {
        if (exchange.getContext().isStopping()) {
            return;
        }
        for (Watch watch : watches) {
            try {
                watch.take();
            } catch (RuntimeException e) {
                LOG.warn("duties are not renewed: {}; another node may take them over", Failures.describe(e));
                return; // the others ask the same database
            }
        }
    }
}
