package dev.ecgfhir.inference.signal;

/** A filter that runs over a lead forwards and backwards, so that nothing moves in time. Immutable and safe to share. */
interface ZeroPhaseFilter {
    /** Returns how many samples the signal is extended by at each end; the signal must be longer than this. */
    int padding();

    /**
     * Filters one direction in place.
     *
     * @param extended [samples], the signal with its extension; overwritten
     * @param length samples of {@code extended} that are in use
     */
    void pass(double[] extended, int length);

    /**
     * Filters one lead forwards and backwards.
     *
     * <p>The signal is extended at both ends by its own point reflection, and each pass begins in the steady state that belongs to
     * its first sample.
     *
     * @param signal [samples], at least {@code padding() + 1}; not modified
     * @param work scratch, at least samples + 2 x padding
     * @param target [samples], receives the result; may be {@code signal} itself
     */
    default void apply(double[] signal, double[] work, double[] target) {
        int n = signal.length;
        int pad = padding();
        if (n <= pad) {
            throw new IllegalArgumentException("a lead needs more than " + pad + " samples to be filtered, has " + n);
        }
        double first = 2 * signal[0];
        double last = 2 * signal[n - 1];
        for (int i = 0; i < pad; i++) {
            work[i] = first - signal[pad - i];
            work[pad + n + i] = last - signal[n - 2 - i];
        }
        System.arraycopy(signal, 0, work, pad, n);
        int length = n + 2 * pad;
        pass(work, length);
        reverse(work, length);
        pass(work, length);
        for (int i = 0; i < n; i++) {
            target[i] = work[length - 1 - pad - i];
        }
    }

    private static void reverse(double[] values, int length) {
        for (int i = 0, j = length - 1; i < j; i++, j--) {
            double held = values[i];
            values[i] = values[j];
            values[j] = held;
        }
    }
}
