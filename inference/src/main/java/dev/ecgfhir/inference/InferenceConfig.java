package dev.ecgfhir.inference;

import java.util.regex.Pattern;

/**
 * How a model is to be run.
 *
 * @param engine {@code auto}, {@code pytorch}, or {@code vector} (pure Java, CPU alone, needs the module jdk.incubator.vector)
 * @param device {@code auto}, {@code cpu} or {@code gpu:N}; a device that is asked for and not there is an error, only {@code auto} falls back
 * @param threads threads of one forward pass on a CPU, 1..256
 * @param precision the number format; an engine or device that does not have it is an error
 */
public record InferenceConfig(String engine, String device, int threads, Precision precision) {
    private static final Pattern DEVICE = Pattern.compile("auto|cpu|gpu:\\d{1,3}");

    /** Checks the form; whether engine and device exist is found out when a model is loaded. */
    public InferenceConfig {
        if (!DEVICE.matcher(device).matches()) {
            throw new IllegalArgumentException("device must be auto, cpu or gpu:N, was '" + device + "'");
        }
        if (threads < 1 || threads > 256) {
            throw new IllegalArgumentException("threads must be in 1..256, was " + threads);
        }
    }

    /**
     * Makes one in float32.
     *
     * @param engine as above
     * @param device as above
     * @param threads as above
     */
    public InferenceConfig(String engine, String device, int threads) {
        this(engine, device, threads, Precision.FLOAT32);
    }

    /** Returns the defaults: engine and device {@code auto}, one thread for each forward pass, float32. */
    public static InferenceConfig defaults() {
        return new InferenceConfig("auto", "auto", 1);
    }

    /**
     * Returns this with another device.
     *
     * @param other as above
     */
    public InferenceConfig on(String other) {
        return new InferenceConfig(engine, other, threads, precision);
    }

    /**
     * Returns this with another number format.
     *
     * @param other as above
     */
    public InferenceConfig in(Precision other) {
        return new InferenceConfig(engine, device, threads, other);
    }
}
