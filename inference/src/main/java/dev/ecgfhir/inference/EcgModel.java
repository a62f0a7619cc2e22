package dev.ecgfhir.inference;

import java.util.List;
import java.util.Optional;

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

    /**
     * Scores windows when it is the caller's turn. A model without a queue scores at once.
     *
     * @param inputs as above
     * @param turn how the caller waits
     * @return one element for each input, in order
     * @throws BusyException if others were before the caller and it does not wait (any longer)
     */
    default List<Scores> score(List<ModelInput> inputs, Turn turn) {
        return score(inputs);
    }

    /** Returns how callers get the most out of it; by default one input in a pass, and a pass on each processor. */
    default PassPreference preference() {
        return PassPreference.onCpu(1, 1, 1);
    }

    /** Returns what is wrong with where it runs, if it had to be started elsewhere than it should have been. */
    default Optional<String> alarm() {
        return Optional.empty();
    }

    /** Frees the weights. Calls in progress end first; later ones are refused with {@link IllegalStateException}. */
    @Override
    void close();
}
