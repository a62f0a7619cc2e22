package dev.ecgfhir.inference.signal;

/**
 * The Butterworth band-pass of order 4 as one ratio of polynomials, as the reference implementation runs it.
 *
 * <p>Hot path: plain loops over local variables in the order of SciPy's {@code lfilter}, so that equal coefficients give equal
 * bits. This form loses digits as the sampling frequency grows (see {@link SectionBandpass}). Immutable and safe to share between
 * threads.
 */
final class PolynomialBandpass implements ZeroPhaseFilter {
    private final double[] b;
    private final double[] a;
    private final double[] zi;

    PolynomialBandpass(ButterworthBandpass design) {
        this.b = design.numerator();
        this.a = design.denominator();
        if (a.length != 9) {
            throw new IllegalArgumentException("the filter is written for order 4, was " + (a.length - 1) / 2);
        }
        this.zi = SteadyState.of(b, a);
    }

    /** Returns copies of numerator, denominator and steady state, for comparison with published coefficients. */
    double[][] coefficients() {
        return new double[][] {b.clone(), a.clone(), zi.clone()};
    }

    @Override
    public int padding() {
        return 27;
    }

    @Override
    public void pass(double[] extended, int length) {
        // b[1], b[3], b[5], b[7] are zero: adding u * 0 changes nothing, so the terms are left out
        double b0 = b[0];
        double b2 = b[2];
        double b4 = b[4];
        double b6 = b[6];
        double b8 = b[8];
        double a1 = a[1];
        double a2 = a[2];
        double a3 = a[3];
        double a4 = a[4];
        double a5 = a[5];
        double a6 = a[6];
        double a7 = a[7];
        double a8 = a[8];
        double x0 = extended[0];
        double z0 = zi[0] * x0;
        double z1 = zi[1] * x0;
        double z2 = zi[2] * x0;
        double z3 = zi[3] * x0;
        double z4 = zi[4] * x0;
        double z5 = zi[5] * x0;
        double z6 = zi[6] * x0;
        double z7 = zi[7] * x0;
        for (int i = 0; i < length; i++) {
            double u = extended[i];
            double y = z0 + b0 * u;
            z0 = z1 - y * a1;
            z1 = (z2 + u * b2) - y * a2;
            z2 = z3 - y * a3;
            z3 = (z4 + u * b4) - y * a4;
            z4 = z5 - y * a5;
            z5 = (z6 + u * b6) - y * a6;
            z6 = z7 - y * a7;
            z7 = u * b8 - y * a8;
            extended[i] = y;
        }
    }
}
