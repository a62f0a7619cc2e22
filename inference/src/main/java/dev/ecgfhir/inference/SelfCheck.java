package dev.ecgfhir.inference;

import dev.ecgfhir.inference.checkpoint.Network;
import java.util.List;

/**
 * Holds a started model against {@link DirectForward} on one short input, so that an engine or a device that computes something
 * else (reduced precision, a broken kernel) is found before the first ECG.
 */
final class SelfCheck {
    /** Odd at most layers, so that every kind of padding is met. */
    private static final int SAMPLES = 37;

    private static final double ABSOLUTE = 5e-5; // float32 against float64; the fixtures' tolerance
    private static final double RELATIVE = 5e-6; // of the largest logit

    private SelfCheck() {}

    /**
     * Runs the check.
     *
     * @param network what the model was started with
     * @param model the model
     * @throws EngineException if a logit differs by more than 5e-5 + 5e-6 of the largest one
     */
    static void run(Network network, EcgModel model) {
        int leads = network.architecture().leads();
        double[][] exact = new double[leads][SAMPLES];
        float[][] input = new float[leads][SAMPLES];
        for (int lead = 0; lead < leads; lead++) {
            for (int t = 0; t < SAMPLES; t++) {
                input[lead][t] = (float) Math.sin(0.7 * t + lead);
                exact[lead][t] = input[lead][t];
            }
        }
        double[] expected = new DirectForward(network).run(exact)[0];
        float[] found = model.score(List.of(ModelInput.of(input))).get(0).logits();
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(found[i] - expected[i]));
        }
        double allowed = ABSOLUTE + RELATIVE * largest;
        if (!(difference <= allowed)) {
            throw new EngineException(
                    EngineException.Reason.SELF_CHECK_FAILED,
                    ("%s does not reproduce a known answer: a logit differs by %.1e, allowed are %.1e; on a GPU, reduced"
                                    + " precision is switched off by NVIDIA_TF32_OVERRIDE=0 in the environment")
                            .formatted(model.engine(), difference, allowed));
        }
    }
}
