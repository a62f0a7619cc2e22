package dev.ecgfhir.component;

import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.inference.Urgency;
import dev.ecgfhir.pipeline.Interpreter;
import dev.ecgfhir.pipeline.Outcome;
import dev.ecgfhir.pipeline.ReadingRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/** Interprets the body of each message. Safe for concurrent exchanges. */
final class EcgFounderProducer extends DefaultProducer {
    private final EcgFounderEndpoint endpoint;
    private @Nullable Interpreter interpreter;
    private @Nullable Bodies bodies;
    private @Nullable Results results;

    EcgFounderProducer(EcgFounderEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        EcgFounderConfiguration options = endpoint.getConfiguration();
        bodies = new Bodies(options);
        results = new Results(options);
        interpreter = endpoint.getComponent().interpreters().of(options);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Results to = started(results);
        Message message = exchange.getMessage();
        Urgency urgency = message.getHeader(EcgFounderConstants.URGENCY, Urgency.LIVE, Urgency.class);
        message.removeHeaders("CamelEcgFounder*", EcgFounderConstants.SOURCE); // of an endpoint before this one
        ReadOutcome read = started(bodies).read(exchange);
        if (read instanceof ReadOutcome.Refused refused) {
            to.refused(message, refused.reason().name(), refused.element(), refused.detail());
        } else if (read instanceof ReadOutcome.Ignored ignored) {
            to.ignored(message, ignored);
        } else if (read instanceof ReadOutcome.Read recording) {
            Outcome outcome = started(interpreter).interpret(recording.recording(), ReadingRequest.of(urgency));
            if (outcome instanceof Outcome.Refused refused) {
                to.refused(message, refused.reason(), "", refused.detail());
            } else if (outcome instanceof Outcome.Interpreted interpreted) {
                to.interpreted(message, interpreted.interpretation());
            } else {
                throw new IllegalStateException("unknown outcome " + outcome.getClass());
            }
        } else {
            throw new IllegalStateException("unknown outcome " + read.getClass());
        }
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the producer is not started");
        }
        return part;
    }
}
