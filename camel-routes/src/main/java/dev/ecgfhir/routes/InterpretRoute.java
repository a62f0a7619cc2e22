package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.recording.Recording;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.builder.RouteBuilder;

/**
 * Interprets what was found: when woken or swept, claim the next row, read that version from its source, interpret it, put the finished
 * report into the outbox. A failure goes to {@link FailedInterpretation}; each message is one ECG.
 */
final class InterpretRoute extends RouteBuilder {
    static final String ID = "interpret";

    private final String queue;
    private final long sweepMillis;
    private final String interpreter;
    private final ClaimNext claim;
    private final Processor read;
    private final Processor store;
    private final Processor failed;

    /**
     * Makes the route.
     *
     * @param queue wakes it
     * @param interpreter the endpoint that interprets
     */
    InterpretRoute(
            String queue,
            WorkConfig work,
            String interpreter,
            ClaimNext claim,
            Processor read,
            Processor store,
            Processor failed) {
        this.queue = queue;
        this.sweepMillis = work.sweep().toMillis();
        this.interpreter = interpreter;
        this.claim = claim;
        this.read = read;
        this.store = store;
        this.failed = failed;
    }

    @Override
    public void configure() {
        onException(Throwable.class).handled(true).process(failed).id(ID + "-failed");

        from("timer:ecgfounder-" + ID + "-sweep?delay=0&period=" + sweepMillis)
                .routeId(ID + "-sweep")
                .to(queue)
                .id(ID + "-wake");

        from(queue)
                .routeId(ID)
                .shutdownRunningTask(ShutdownRunningTask.CompleteCurrentTaskOnly)
                .process(claim)
                .id(ID + "-claim")
                .filter(exchangeProperty(Claimed.PROPERTY).isNotNull())
                .id(ID + "-if-claimed")
                .process(read)
                .id(ID + "-read")
                .filter(body().isInstanceOf(Recording.class))
                .id(ID + "-if-read")
                .to(interpreter)
                .id(ID + "-network")
                .process(store)
                .id(ID + "-store");
    }
}
