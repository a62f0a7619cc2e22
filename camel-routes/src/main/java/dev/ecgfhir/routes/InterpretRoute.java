package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.recording.Recording;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.builder.RouteBuilder;

/**
 * Interprets what was found on one source, with workers of its own, so that a source that answers slowly keeps nobody else's: when woken or swept, claim the next row, read that version from its source, interpret it, put the finished
 * report into the outbox. A failure goes to {@link FailedInterpretation}; each message is one ECG.
 */
final class InterpretRoute extends RouteBuilder {
    private final String id;
    private final String queue;
    private final long sweepMillis;
    private final boolean swept;
    private final String interpreter;
    private final ClaimNext claim;
    private final Processor read;
    private final Processor store;
    private final Processor failed;

    /**
     * Makes the route.
     *
     * @param source its name
     * @param queue wakes it, or hands it messages
     * @param swept true if it is to be woken regularly
     * @param interpreter the endpoint that interprets
     */
    InterpretRoute(
            String source,
            String queue,
            boolean swept,
            WorkConfig work,
            String interpreter,
            ClaimNext claim,
            Processor read,
            Processor store,
            Processor failed) {
        this.id = "interpret-" + source;
        this.queue = queue;
        this.swept = swept;
        this.sweepMillis = work.sweep().toMillis();
        this.interpreter = interpreter;
        this.claim = claim;
        this.read = read;
        this.store = store;
        this.failed = failed;
    }

    @Override
    public void configure() {
        onException(Throwable.class).handled(true).process(failed).id(id + "-failed");

        if (swept) {
            from("timer:ecgfounder-" + id + "-sweep?delay=0&period=" + sweepMillis)
                    .routeId(id + "-sweep")
                    .to(queue)
                    .id(id + "-wake");
        }

        from(queue)
                .routeId(id)
                .shutdownRunningTask(ShutdownRunningTask.CompleteCurrentTaskOnly)
                .process(claim)
                .id(id + "-claim")
                .filter(exchangeProperty(Claimed.PROPERTY).isNotNull())
                .id(id + "-if-claimed")
                .process(read)
                .id(id + "-read")
                .filter(body().isInstanceOf(Recording.class))
                .id(id + "-if-read")
                .to(interpreter)
                .id(id + "-network")
                .process(store)
                .id(id + "-store");
    }
}
