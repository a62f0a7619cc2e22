package dev.ecgfhir.inference;

import dev.ecgfhir.inference.checkpoint.Network;

/**
 * Something that can run a network: the seam between weights as read and weights at work.
 *
 * <p>Implementations are safe for concurrent callers.
 */
public interface NetworkEngine {
    /** Returns the engine's name as the settings spell it, for example {@code pytorch}. */
    String name();

    /**
     * Loads the weights into the engine.
     *
     * @param network architecture and weights; not needed any more once this returns
     * @param description what the model tells of itself
     * @param config device and threads
     * @return the model, which owns its copy of the weights
     * @throws EngineException if the engine or the device is not there
     */
    EcgModel start(Network network, ModelDescription description, InferenceConfig config);
}
