package dev.ecgfhir.inference.signal;

/**
 * The state in which a filter already stands still for a constant input of 1.
 *
 * <p>References: F. Gustafsson, Determining the initial states in forward-backward filtering, IEEE Trans. Signal Processing 44(4),
 * 1996; the same recursion as {@code scipy.signal.lfilter_zi}.
 */
final class SteadyState {
    private SteadyState() {}

    /**
     * Solves for the state of a transposed direct form II filter.
     *
     * @param b numerator, [order + 1]
     * @param a denominator, [order + 1], a[0] = 1
     * @return [order]
     */
    static double[] of(double[] b, double[] a) {
        int order = a.length - 1;
        double[] drive = new double[order];
        double[] column = new double[order];
        for (int i = 0; i < order; i++) {
            drive[i] = b[i + 1] - a[i + 1] * b[0];
            column[i] = i == 0 ? 1 + a[1] : a[i + 1];
        }
        double[] zi = new double[order];
        zi[0] = sum(drive) / sum(column);
        double asum = 1;
        double csum = 0;
        for (int k = 1; k < order; k++) {
            asum += a[k];
            csum += b[k] - a[k] * b[0];
            zi[k] = asum * zi[0] - csum;
        }
        return zi;
    }

    /** Adds in NumPy's order (pairs of pairs for eight values): the sum cancels almost wholly, so the order shows in the result. */
    private static double sum(double[] v) {
        if (v.length == 8) {
            return ((v[0] + v[1]) + (v[2] + v[3])) + ((v[4] + v[5]) + (v[6] + v[7]));
        }
        double sum = 0;
        for (double value : v) {
            sum += value;
        }
        return sum;
    }
}
