package dev.ecgfhir.inference.batching;

import dev.ecgfhir.inference.Urgency;
import java.time.Duration;

/** Is told what happens in front of a model, for metrics. Called by the working threads; must be quick and must not throw. */
public interface BatchListener {
    /** Hears nothing. */
    BatchListener NONE = new BatchListener() {};

    /**
     * A forward pass begins.
     *
     * @param records its inputs
     */
    default void pass(int records) {}

    /**
     * An input leaves the queue.
     *
     * @param urgency in which lane it waited
     * @param waited how long
     */
    default void taken(Urgency urgency, Duration waited) {}

    /**
     * A caller was not served.
     *
     * @param urgency in which lane it would have waited
     */
    default void refused(Urgency urgency) {}

    /**
     * The device ran out of memory at a pass; passes are smaller from now on.
     *
     * @param records most inputs of a pass from now on
     */
    default void outOfMemory(int records) {}

    /** The device is lost. */
    default void deviceLost() {}
}
