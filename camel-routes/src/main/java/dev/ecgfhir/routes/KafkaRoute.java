package dev.ecgfhir.routes;

import dev.ecgfhir.ledger.Priority;
import dev.ecgfhir.routes.kafka.KafkaClients;
import dev.ecgfhir.routes.kafka.WorkTopics;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * Lets Kafka carry the ECGs of one source from the node that finds them to those that interpret them: when woken or swept, send what waits in
 * the ledger; and for each priority, take a message, interpret its ECG, and commit the message when the row is past this step.
 */
final class KafkaRoute extends RouteBuilder {
    private static final long LOOK_MILLIS = 5000;

    private final SourceLane lane;
    private final Broker broker;
    private final WorkConfig work;
    private final String wake;
    private final Publish publish;
    private final String interpret;

    /**
     * Makes the route.
     *
     * @param wake the queue that wakes the publisher
     * @param interpret the endpoint that takes a message
     */
    KafkaRoute(SourceLane lane, Broker broker, WorkConfig work, String wake, Publish publish, String interpret) {
        this.lane = lane;
        this.broker = broker;
        this.work = work;
        this.wake = wake;
        this.publish = publish;
        this.interpret = interpret;
    }

    @Override
    public void configure() {
        String name = lane.config().name();
        String id = "publish-" + name;
        from("timer:ecgfounder-" + id + "-sweep?delay=0&period=" + work.sweep().toMillis())
                .routeId(id + "-sweep")
                .to(wake)
                .id(id + "-wake");

        from(wake).routeId(id).process(publish).id(id + "-send");

        from("timer:ecgfounder-" + id + "-look?delay=" + LOOK_MILLIS + "&period=" + LOOK_MILLIS)
                .routeId(id + "-look")
                .process(exchange -> broker.ask(() -> broker.look(name)))
                .id(id + "-count");

        for (Priority priority : Priority.values()) {
            String from = WorkTopics.name(priority);
            from(KafkaClients.consumer(
                            broker.config(),
                            name,
                            from,
                            lane.config().workers(work),
                            work.lease().toMillis()))
                    .routeId("take-" + name + "-" + from)
                    .process(KafkaRoute::leaveToOthers)
                    .id("take-" + name + "-" + from + "-begin")
                    .to(interpret)
                    .id("take-" + name + "-" + from + "-interpret");
        }
    }

    /** A node that stops begins nothing new: the message is not committed, and another node gets it. */
    private static void leaveToOthers(Exchange exchange) {
        if (exchange.getContext().isStopping()) {
            throw new IllegalStateException("this node stops; another one gets the message");
        }
    }
}
