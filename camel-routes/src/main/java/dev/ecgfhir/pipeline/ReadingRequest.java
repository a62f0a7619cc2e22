package dev.ecgfhir.pipeline;

import dev.ecgfhir.inference.Turn;
import dev.ecgfhir.inference.Urgency;
import java.util.Optional;

/**
 * How a recording is to be read.
 *
 * @param turn how the caller waits for the network
 * @param model name or {@code sha256:<hex>} of the model that is to read it; empty: the one for the leads that are there
 */
public record ReadingRequest(Turn turn, Optional<String> model) {
    /** Returns a request to read a recording with the model for its leads, for as long as it takes. */
    public static ReadingRequest of(Urgency urgency) {
        return new ReadingRequest(Turn.ofWorker(urgency), Optional.empty());
    }
}
