package dev.ecgfhir.inference.batching;

import java.util.Optional;

/**
 * How a model's queue stands, for health checks and metrics.
 *
 * @param warm true once the first passes, which are slow, are done
 * @param live live inputs that wait
 * @param backlog inputs of the backlog that wait
 * @param places most inputs that can wait
 * @param batchSize most inputs of a forward pass at present
 * @param passes forward passes at once
 * @param alarm what is wrong with the device, if it is lost or did not do at the start
 * @param works false if nothing can be scored any more
 */
public record QueueStatus(
        boolean warm,
        int live,
        int backlog,
        int places,
        int batchSize,
        int passes,
        Optional<String> alarm,
        boolean works) {
    /** The status of a queue that is not there any more. */
    public static final QueueStatus GONE = new QueueStatus(false, 0, 0, 0, 0, 0, Optional.empty(), false);
}
