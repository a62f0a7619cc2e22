package dev.ecgfhir.inference.signal;

/**
 * Poles, zeros and gain of a digital Butterworth band-pass: analogue prototype, band transform, bilinear transform.
 *
 * <p>A band-pass of order n has 2n poles, n zeros at z = 1 and n at z = -1.
 *
 * <p>References: A. V. Oppenheim, R. W. Schafer, Discrete-Time Signal Processing, chapter 7; the same steps in the same order as
 * {@code scipy.signal.butter(n, [low, high], btype='bandpass', fs=fs)} in SciPy 1.10.1, since the polynomial form depends on the
 * last bits.
 */
final class ButterworthBandpass {
    private final Complex[] poles;
    private final double gain;

    private ButterworthBandpass(Complex[] poles, double gain) {
        this.poles = poles;
        this.gain = gain;
    }

    /**
     * Designs the filter.
     *
     * @param order order of the low-pass prototype
     * @param low lower edge, Hz
     * @param high upper edge, Hz
     * @param samplingFrequency Hz, more than twice {@code high}
     * @return poles and gain
     */
    static ButterworthBandpass design(int order, double low, double high, double samplingFrequency) {
        if (!(low > 0 && low < high && 2 * high < samplingFrequency)) {
            throw new IllegalArgumentException("a band of " + low + ".." + high
                    + " Hz needs a sampling frequency above " + 2 * high + " Hz, was " + samplingFrequency);
        }
        double fs2 = 4;
        double lowWarped = fs2 * Math.tan(Math.PI * (2 * low / samplingFrequency) / 2);
        double highWarped = fs2 * Math.tan(Math.PI * (2 * high / samplingFrequency) / 2);
        double width = highWarped - lowWarped;
        double centre = Math.sqrt(lowWarped * highWarped);
        Complex centreSquared = new Complex(centre * centre, 0);
        Complex[] poles = new Complex[2 * order];
        Complex product = new Complex(1, 0);
        Complex scale = new Complex(fs2, 0);
        for (int i = 0; i < order; i++) {
            double angle = Math.PI * (2 * i - order + 1) / (2 * order);
            Complex prototype = new Complex(-Math.cos(angle), -Math.sin(angle)).times(width / 2);
            Complex root = prototype.times(prototype).minus(centreSquared).squareRoot();
            poles[i] = prototype.plus(root);
            poles[order + i] = prototype.minus(root);
        }
        for (int i = 0; i < poles.length; i++) {
            Complex analogue = poles[i];
            product = product.times(scale.minus(analogue));
            poles[i] = scale.plus(analogue).dividedBy(scale.minus(analogue));
        }
        double zeros = Math.pow(fs2, order);
        double gain = Math.pow(width, order)
                * new Complex(zeros, 0).dividedBy(product).re();
        return new ButterworthBandpass(poles, gain);
    }

    /** Returns the gain of the digital filter. */
    double gain() {
        return gain;
    }

    /** Returns the denominator polynomial, [2 x order + 1], highest power first. */
    double[] denominator() {
        Complex[] polynomial = {new Complex(1, 0)};
        for (Complex pole : poles) {
            Complex[] next = new Complex[polynomial.length + 1];
            Complex minusPole = pole.times(-1);
            for (int i = 0; i < next.length; i++) {
                Complex sum = i < polynomial.length ? polynomial[i] : new Complex(0, 0);
                next[i] = i == 0 ? sum : polynomial[i - 1].times(minusPole).plus(sum);
            }
            polynomial = next;
        }
        double[] real = new double[polynomial.length];
        for (int i = 0; i < real.length; i++) {
            real[i] = polynomial[i].re();
        }
        return real;
    }

    /** Returns the numerator polynomial, [2 x order + 1], highest power first: gain x (1 - z^-2)^order. */
    double[] numerator() {
        double[] polynomial = new double[poles.length + 1];
        int order = poles.length / 2;
        double binomial = 1;
        for (int i = 0; i <= order; i++) {
            polynomial[2 * i] = gain * (i % 2 == 0 ? binomial : -binomial);
            binomial = binomial * (order - i) / (i + 1);
        }
        return polynomial;
    }

    /**
     * Returns the denominators of the second-order sections, [order][3]; each pairs a pole above the real axis with its conjugate.
     */
    double[][] sections() {
        double[][] sections = new double[poles.length / 2][];
        int count = 0;
        for (Complex pole : poles) {
            if (pole.im() > 0) {
                sections[count++] = new double[] {1, -2 * pole.re(), pole.re() * pole.re() + pole.im() * pole.im()};
            }
        }
        if (count != sections.length) {
            throw new IllegalStateException("expected " + sections.length + " pole pairs, found " + count);
        }
        return sections;
    }
}
