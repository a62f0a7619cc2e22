package dev.ecgfhir.routes;

import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.builder.RouteBuilder;

/** Finds what one source has that is new: from a timer of its own, or at once when it is told to, one poll after the other, to the ledger. */
final class PollRoute extends RouteBuilder {
    private final SourceRouteConfig config;
    private final Poll poll;
    private final String queue;

    PollRoute(SourceRouteConfig config, Poll poll, String queue) {
        this.config = config;
        this.poll = poll;
        this.queue = queue;
    }

    @Override
    public void configure() {
        String id = "poll-" + config.name();
        from("timer:ecgfounder-" + id + "?delay=0&period="
                        + config.pollInterval().toMillis())
                .routeId(id)
                .shutdownRunningTask(ShutdownRunningTask.CompleteCurrentTaskOnly)
                .process(poll)
                .id(id + "-look");
        if (config.subscription().isPresent()) {
            from(queue)
                    .routeId(id + "-now")
                    .shutdownRunningTask(ShutdownRunningTask.CompleteCurrentTaskOnly)
                    .process(poll)
                    .id(id + "-now-look");
        }
    }
}
