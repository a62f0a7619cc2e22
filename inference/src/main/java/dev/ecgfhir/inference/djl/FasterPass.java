package dev.ecgfhir.inference.djl;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a faster way to run a network only where it exists and gives the answers of the general one. */
final class FasterPass {
    private static final Logger LOG = LoggerFactory.getLogger(FasterPass.class);

    /** Both ways are float32, with other orders of summation. */
    private static final double ABSOLUTE = 5e-5;

    private static final double RELATIVE = 5e-6; // of the largest value

    private FasterPass() {}

    /**
     * Chooses between two ways.
     *
     * @param general works everywhere
     * @param candidate makes the faster one, or fails with {@link ai.djl.engine.EngineException}
     * @param manager gives memory for the comparison
     * @param shape of the input to compare by, [batch][leads][samples]
     * @return the faster one, or the general one if that fails or disagrees
     */
    static ForwardPass choose(
            ForwardPass general, Supplier<? extends ForwardPass> candidate, NDManager manager, Shape shape) {
        ForwardPass faster;
        try {
            faster = candidate.get();
        } catch (ai.djl.engine.EngineException e) {
            LOG.info("a faster way than {} is not available here ({})", general.name(), firstLine(e));
            return general;
        }
        try {
            if (agree(general, faster, manager, shape)) {
                return faster;
            }
            LOG.warn("{} gives other answers here than {} and is not used", faster.name(), general.name());
        } catch (ai.djl.engine.EngineException e) {
            LOG.warn("{} fails here and is not used ({})", faster.name(), firstLine(e));
        }
        faster.close();
        return general;
    }

    private static boolean agree(ForwardPass general, ForwardPass faster, NDManager parent, Shape shape) {
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(0.013 * i + Math.sin(0.29 * i));
        }
        try (NDManager manager = parent.newSubManager()) {
            NDList expected = general.run(manager.create(values, shape));
            NDList found = faster.run(manager.create(values, shape));
            return close(expected.get(0).toFloatArray(), found.get(0).toFloatArray())
                    && close(expected.get(1).toFloatArray(), found.get(1).toFloatArray());
        }
    }

    private static boolean close(float[] expected, float[] found) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs((double) found[i] - expected[i]));
        }
        return difference <= ABSOLUTE + RELATIVE * largest; // false for NaN
    }

    /** Returns the first line of a message of PyTorch, which may have many. */
    static String firstLine(Exception e) {
        return String.valueOf(e.getMessage())
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse(e.toString());
    }
}
