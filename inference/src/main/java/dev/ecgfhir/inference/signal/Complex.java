package dev.ecgfhir.inference.signal;

/**
 * A complex number; just what designing a filter takes.
 *
 * @param re real part
 * @param im imaginary part
 */
record Complex(double re, double im) {
    Complex plus(Complex other) {
        return new Complex(re + other.re, im + other.im);
    }

    Complex minus(Complex other) {
        return new Complex(re - other.re, im - other.im);
    }

    Complex times(Complex other) {
        return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
    }

    Complex times(double factor) {
        return new Complex(re * factor, im * factor);
    }

    /** Divides by R. L. Smith's rule (Comm. ACM 5(8), 1962), as NumPy does. */
    Complex dividedBy(Complex divisor) {
        if (Math.abs(divisor.re) >= Math.abs(divisor.im)) {
            double ratio = divisor.im / divisor.re;
            double scale = 1.0 / (divisor.re + divisor.im * ratio);
            return new Complex((re + im * ratio) * scale, (im - re * ratio) * scale);
        }
        double ratio = divisor.re / divisor.im;
        double scale = 1.0 / (divisor.im + divisor.re * ratio);
        return new Complex((re * ratio + im) * scale, (im * ratio - re) * scale);
    }

    /** Returns the square root with a real part of 0 or more. */
    Complex squareRoot() {
        double modulus = Math.hypot(re, im);
        if (modulus == 0) {
            return new Complex(0, 0);
        }
        if (re > 0) {
            double root = Math.sqrt(0.5 * (modulus + re));
            return new Complex(root, 0.5 * (im / root));
        }
        double root = Math.sqrt(0.5 * (modulus - re));
        return new Complex(Math.abs(0.5 * (im / root)), Math.copySign(root, im));
    }
}
