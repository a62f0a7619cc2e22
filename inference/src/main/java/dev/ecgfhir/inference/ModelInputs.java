package dev.ecgfhir.inference;

import java.util.List;

/** What every engine asks of the inputs that it is to score together. */
public final class ModelInputs {
    private ModelInputs() {}

    /**
     * Checks that inputs can be scored together.
     *
     * @param inputs to be scored
     * @param leads that the model takes
     * @throws IllegalArgumentException if there is none, or one has other leads, another length or a value that is not finite; the
     *     message names it
     */
    public static void check(List<ModelInput> inputs, int leads) {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("there is no input to score");
        }
        int samples = inputs.get(0).samples();
        for (int i = 0; i < inputs.size(); i++) {
            ModelInput input = inputs.get(i);
            if (input.leads() != leads) {
                throw new IllegalArgumentException(
                        "input " + i + " has " + input.leads() + " leads, the model takes " + leads);
            }
            if (input.samples() != samples) {
                throw new IllegalArgumentException("input " + i + " has " + input.samples() + " samples, input 0 has "
                        + samples + "; inputs that are scored together have the same length");
            }
            int bad = input.firstNotFinite();
            if (bad >= 0) {
                throw new IllegalArgumentException(
                        "input " + i + " is not finite at lead " + bad / samples + ", sample " + bad % samples);
            }
        }
    }
}
