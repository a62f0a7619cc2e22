package dev.ecgfhir.inference;

/**
 * How an engine likes its work: what gives its best throughput.
 *
 * @param records most inputs of one forward pass that still make it faster, 1..256
 * @param passes forward passes at once, 1..256
 * @param gains true if a fuller pass is so much cheaper for each input that it pays to wait a moment for others (a GPU)
 * @param warmUp forward passes until it runs at full speed
 */
public record PassPreference(int records, int passes, boolean gains, int warmUp) {
    /** Checks the ranges. */
    public PassPreference {
        if (records < 1 || records > 256 || passes < 1 || passes > 256 || warmUp < 0) {
            throw new IllegalArgumentException("records and passes must be in 1..256 and warmUp at least 0, were "
                    + records + ", " + passes + " and " + warmUp);
        }
    }

    /**
     * Returns the preference of an engine on a CPU: each record on threads of its own, as many at once as there are processors.
     *
     * @param threads of one forward pass
     * @param records most inputs of one forward pass
     * @param warmUp forward passes until it runs at full speed
     * @return the preference
     */
    public static PassPreference onCpu(int threads, int records, int warmUp) {
        int passes = Math.max(1, Runtime.getRuntime().availableProcessors() / threads);
        return new PassPreference(records, Math.min(passes, 256), false, warmUp);
    }
}
