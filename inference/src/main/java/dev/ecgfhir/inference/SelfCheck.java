package dev.ecgfhir.inference;

import dev.ecgfhir.inference.checkpoint.Network;
import java.util.List;

/**
 * Holds a started model against {@link DirectForward} on one input, so that an engine or a device that computes something else
 * (reduced precision, a broken kernel) is found before the first ECG.
 */
final class SelfCheck {
    /** Short, because every start waits for it. Odd at most layers, so that every kind of padding is met. */
    private static final int SAMPLES_AT_START = 37;

    private static final int SAMPLES = 1001;

    private static final double ABSOLUTE = 5e-5; // float32 against float64; the fixtures' tolerance
    private static final double RELATIVE = 5e-6; // of the largest logit

    private final ModelInput input;
    private final double[] expected;

    /** Prepares a longer check, for more than one engine. */
    SelfCheck(Network network) {
        this(network, SAMPLES);
    }

    private SelfCheck(Network network, int samples) {
        int leads = network.architecture().leads();
        double[][] exact = new double[leads][samples];
        float[][] window = new float[leads][samples];
        for (int lead = 0; lead < leads; lead++) {
            for (int t = 0; t < samples; t++) {
                window[lead][t] = (float) Math.sin(0.7 * t + lead);
                exact[lead][t] = window[lead][t];
            }
        }
        this.input = ModelInput.of(window);
        this.expected = new DirectForward(network).run(exact)[0];
    }

    /**
     * Runs the check of a start.
     *
     * @param network what the model was started with
     * @param model the model
     * @throws EngineException if a logit differs by more than 5e-5 + 5e-6 of the largest one
     */
    static void run(Network network, EcgModel model) {
        Difference difference = new SelfCheck(network, SAMPLES_AT_START).difference(model);
        if (!difference.isAllowed()) {
            throw new EngineException(
                    EngineException.Reason.SELF_CHECK_FAILED,
                    ("%s does not reproduce a known answer: a logit differs by %.1e, allowed are %.1e; on a GPU, reduced"
                                    + " precision is switched off by NVIDIA_TF32_OVERRIDE=0 in the environment")
                            .formatted(model.engine(), difference.largest(), difference.allowed()));
        }
    }

    /** Has a model answer. */
    Difference difference(EcgModel model) {
        float[] found = model.score(List.of(input)).get(0).logits();
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(found[i] - expected[i]));
        }
        return new Difference(difference, ABSOLUTE + RELATIVE * largest);
    }

    /**
     * How far an answer is from the plain loops'.
     *
     * @param largest of a logit, natural log odds
     * @param allowed from which it is a mistake
     */
    record Difference(double largest, double allowed) {
        boolean isAllowed() {
            return largest <= allowed; // false for NaN
        }
    }
}
