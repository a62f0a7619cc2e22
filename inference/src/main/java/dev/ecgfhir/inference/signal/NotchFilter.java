package dev.ecgfhir.inference.signal;

/**
 * Second-order notch that removes the mains frequency.
 *
 * <p>Immutable and safe to share between threads.
 *
 * <p>References: S. J. Orfanidis, Introduction to Signal Processing, Prentice-Hall 1996, section 11.3; the same design as
 * {@code scipy.signal.iirnotch}.
 */
final class NotchFilter implements ZeroPhaseFilter {
    /** Quality factor: centre frequency / width at -3 dB; the value of the reference implementation. */
    static final double QUALITY = 30;

    private final double[] b;
    private final double[] a;
    private final double[] zi;

    private NotchFilter(double[] b, double[] a) {
        this.b = b;
        this.a = a;
        this.zi = SteadyState.of(b, a);
    }

    /**
     * Designs the notch.
     *
     * @param hertz frequency to remove
     * @param samplingFrequency Hz, more than twice {@code hertz}
     * @return the filter
     */
    static NotchFilter design(double hertz, double samplingFrequency) {
        double w0 = 2 * hertz / samplingFrequency;
        if (!(w0 > 0 && w0 < 1)) {
            throw new IllegalArgumentException("a notch at " + hertz + " Hz needs a sampling frequency above "
                    + 2 * hertz + " Hz, was " + samplingFrequency);
        }
        double width = w0 / QUALITY * Math.PI;
        double centre = w0 * Math.PI;
        double halfPower = 1 / Math.sqrt(2);
        double beta = Math.sqrt(1 - halfPower * halfPower) / halfPower * Math.tan(width / 2);
        double gain = 1 / (1 + beta);
        double cosine = Math.cos(centre);
        return new NotchFilter(
                new double[] {gain, gain * (-2 * cosine), gain}, new double[] {1, -2 * gain * cosine, 2 * gain - 1});
    }

    /** Returns copies of numerator, denominator and steady state, for comparison with published coefficients. */
    double[][] coefficients() {
        return new double[][] {b.clone(), a.clone(), zi.clone()};
    }

    @Override
    public int padding() {
        return 9;
    }

    @Override
    public void pass(double[] extended, int length) {
        double b0 = b[0];
        double b1 = b[1];
        double b2 = b[2];
        double a1 = a[1];
        double a2 = a[2];
        double z0 = zi[0] * extended[0];
        double z1 = zi[1] * extended[0];
        for (int i = 0; i < length; i++) {
            double u = extended[i];
            double y = z0 + b0 * u;
            z0 = (z1 + u * b1) - y * a1;
            z1 = u * b2 - y * a2;
            extended[i] = y;
        }
    }
}
