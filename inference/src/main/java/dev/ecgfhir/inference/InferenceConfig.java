package dev.ecgfhir.inference;

/**
 * How a model is to be run.
 *
 * @param engine {@code auto} or {@code pytorch} ({@code vector} is refused until that engine exists)
 * @param device {@code auto}, {@code cpu} or {@code gpu:N}; a device that is asked for and not there is an error, only {@code auto} falls back
 * @param threads threads of one forward pass on a CPU, 1..256
 */
public record InferenceConfig(String engine, String device, int threads) {
    /** Returns the defaults: engine and device {@code auto}, one thread for each forward pass. */
    public static InferenceConfig defaults() {
        return new InferenceConfig("auto", "auto", 1);
    }
}
