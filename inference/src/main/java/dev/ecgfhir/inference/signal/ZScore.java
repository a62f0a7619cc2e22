package dev.ecgfhir.inference.signal;

/**
 * Brings all leads together to mean 0 and standard deviation 1, so that the ratios between leads survive.
 *
 * <p>References: PKUDigitalHealth/ECGFounder, {@code z_score_normalization}: (v - mean) / (population std + 1e-8).
 */
final class ZScore {
    private static final double EPSILON = 1e-8;

    private ZScore() {}

    /**
     * Normalizes a whole array.
     *
     * @param signal [leads][samples]; not modified
     * @return [leads][samples], no unit
     */
    static double[][] of(double[][] signal) {
        return of(signal, moments(signal));
    }

    /**
     * Normalizes a whole array that was measured before.
     *
     * @param signal [leads][samples]; not modified
     * @param moments what {@link #moments} gave for it
     * @return [leads][samples], no unit
     */
    static double[][] of(double[][] signal, Moments moments) {
        double mean = moments.mean;
        double divisor = moments.deviation + EPSILON;
        double[][] result = new double[signal.length][];
        for (int lead = 0; lead < signal.length; lead++) {
            double[] from = signal[lead];
            double[] to = new double[from.length];
            for (int i = 0; i < from.length; i++) {
                to[i] = (from[i] - mean) / divisor;
            }
            result[lead] = to;
        }
        return result;
    }

    /**
     * Measures a whole array.
     *
     * @param signal [leads][samples]; not modified
     * @return mean and population standard deviation over all leads
     */
    static Moments moments(double[][] signal) {
        long count = 0;
        double sum = 0;
        for (double[] lead : signal) {
            count += lead.length;
            sum += sum(lead);
        }
        double mean = sum / count;
        double squares = 0;
        for (double[] lead : signal) {
            squares += sumOfSquares(lead, mean);
        }
        return new Moments(mean, Math.sqrt(squares / count));
    }

    // Four running sums each: an addition waits for the one before it, and long sums lose less this way.
    private static double sum(double[] v) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= v.length; i += 4) {
            s0 += v[i];
            s1 += v[i + 1];
            s2 += v[i + 2];
            s3 += v[i + 3];
        }
        for (; i < v.length; i++) {
            s0 += v[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static double sumOfSquares(double[] v, double mean) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= v.length; i += 4) {
            s0 += (v[i] - mean) * (v[i] - mean);
            s1 += (v[i + 1] - mean) * (v[i + 1] - mean);
            s2 += (v[i + 2] - mean) * (v[i + 2] - mean);
            s3 += (v[i + 3] - mean) * (v[i + 3] - mean);
        }
        for (; i < v.length; i++) {
            s0 += (v[i] - mean) * (v[i] - mean);
        }
        return (s0 + s1) + (s2 + s3);
    }

    /**
     * Mean and population standard deviation.
     *
     * @param mean in the signal's unit
     * @param deviation in the signal's unit
     */
    record Moments(double mean, double deviation) {}
}
