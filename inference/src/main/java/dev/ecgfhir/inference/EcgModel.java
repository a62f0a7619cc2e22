package dev.ecgfhir.inference;

import java.util.List;

/**
 * A network with its weights, ready to score.
 *
 * <p>Safe for concurrent callers. The weights are loaded once and freed by {@link #close()}.
 */
public interface EcgModel extends AutoCloseable {
    /** Returns what the model is. */
    ModelDescription description();

    /** Returns which engine runs it and where, for example {@code PyTorch 2.7.1 on cpu}. */
    String engine();

    /**
     * Scores windows in one forward pass.
     *
     * @param inputs at least one; all with this model's number of leads and the same number of samples
     * @return one element for each input, in order
     * @throws IllegalArgumentException if an input does not fit this model; the message names it
     */
    List<Scores> score(List<ModelInput> inputs);

    /** Frees the weights. Calls in progress end first; later ones are refused with {@link IllegalStateException}. */
    @Override
    void close();
}
