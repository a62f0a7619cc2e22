package dev.ecgfhir.inference.djl;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.EngineException.Reason;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes another way to run a network only where it exists and gives the answers of the general one. */
final class FasterPass {
    private static final Logger LOG = LoggerFactory.getLogger(FasterPass.class);

    /** Both ways are float32, with other orders of summation. */
    private static final double ABSOLUTE = 5e-5;

    private static final double RELATIVE = 5e-6; // of the largest value

    private FasterPass() {}

    /**
     * Takes a way in reduced precision, which has to give about the answers of the general one.
     *
     * @param general works everywhere, in float32
     * @param candidate makes the other one, or fails with {@link ai.djl.engine.EngineException}
     * @param manager gives memory for the comparison
     * @param shape of the input to compare by, [batch][leads][samples]
     * @param tolerance largest difference, relative to the largest value of the answer
     * @return the other one
     * @throws EngineException if it is not there or gives another answer
     */
    static ForwardPass require(
            ForwardPass general,
            Supplier<? extends ForwardPass> candidate,
            NDManager manager,
            Shape shape,
            double tolerance) {
        ForwardPass reduced;
        try {
            reduced = candidate.get();
        } catch (ai.djl.engine.EngineException e) {
            throw new EngineException(Reason.PRECISION_UNAVAILABLE, firstLine(e), e);
        }
        try {
            if (agree(general, reduced, manager, shape, 0, tolerance)) {
                return reduced;
            }
        } catch (ai.djl.engine.EngineException e) {
            reduced.close();
            throw new EngineException(Reason.PRECISION_UNAVAILABLE, reduced.name() + " fails: " + firstLine(e), e);
        }
        reduced.close();
        throw new EngineException(
                Reason.SELF_CHECK_FAILED,
                reduced.name() + " does not reproduce a known answer to " + tolerance + " of its largest value");
    }

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
            if (agree(general, faster, manager, shape, ABSOLUTE, RELATIVE)) {
                return faster;
            }
            LOG.warn("{} gives other answers here than {} and is not used", faster.name(), general.name());
        } catch (ai.djl.engine.EngineException e) {
            LOG.warn("{} fails here and is not used ({})", faster.name(), firstLine(e));
        }
        faster.close();
        return general;
    }

    private static boolean agree(
            ForwardPass general, ForwardPass faster, NDManager parent, Shape shape, double absolute, double relative) {
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(0.013 * i + Math.sin(0.29 * i));
        }
        try (NDManager manager = parent.newSubManager()) {
            NDList expected = general.run(manager.create(values, shape));
            NDList found = faster.run(manager.create(values, shape));
            return close(expected.get(0).toFloatArray(), found.get(0).toFloatArray(), absolute, relative)
                    && close(expected.get(1).toFloatArray(), found.get(1).toFloatArray(), absolute, relative);
        }
    }

    private static boolean close(float[] expected, float[] found, double absolute, double relative) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs((double) found[i] - expected[i]));
        }
        return difference <= absolute + relative * largest; // false for NaN
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
