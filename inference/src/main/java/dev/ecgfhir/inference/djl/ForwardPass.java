package dev.ecgfhir.inference.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** One way to run the network's operations on PyTorch. Safe for concurrent callers. */
interface ForwardPass extends AutoCloseable {
    /** Names the way in logs, for example {@code DJL blocks}. */
    String name();

    /**
     * Runs the network.
     *
     * @param input [batch][leads][samples]; all arrays that are made attach to its manager, which the caller closes
     * @return logits [batch][labels] and features [batch][features]
     */
    NDList run(NDArray input);

    /** Frees what the pass holds besides the arrays of its manager. */
    @Override
    void close();
}
