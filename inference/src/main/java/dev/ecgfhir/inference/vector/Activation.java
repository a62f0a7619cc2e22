package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Sigmoid and swish over whole vectors, to about 2e-7 of the value.
 *
 * <h2>References</h2>
 * Cody and Waite's reduction, exp(x) = 2^n exp(r) with |r| at most ln(2)/2, and a polynomial of degree 6 for exp(r).
 */
final class Activation {
    private static final float LOG2_E = (float) (1 / 0.6931471805599453);
    private static final float LN2_HIGH = 0x1.62e4p-1f; // few bits, so that n * LN2_HIGH is exact
    private static final float LN2_LOW = (float) (0.6931471805599453 - 0x1.62e4p-1);
    private static final float ROUND = 12582912f; // 1.5 * 2^23: adding it rounds to a whole number

    private Activation() {}

    /** Writes x times its sigmoid; {@code from} and {@code to} may be the same. {@code count} is rounded up to whole vectors. */
    static void swish(float[] from, float[] to, int offset, int count) {
        for (int i = offset; i < offset + count; i += Lanes.COUNT) {
            FloatVector x = FloatVector.fromArray(SPECIES, from, i);
            x.mul(sigmoid(x)).intoArray(to, i);
        }
    }

    /** Replaces x by its sigmoid. {@code count} is rounded up to whole vectors. */
    static void sigmoid(float[] values, int count) {
        for (int i = 0; i < count; i += Lanes.COUNT) {
            sigmoid(FloatVector.fromArray(SPECIES, values, i)).intoArray(values, i);
        }
    }

    private static FloatVector sigmoid(FloatVector x) {
        FloatVector minus = x.neg().max(-87f).min(88f); // beyond, exp is no normal float; the sigmoid is 1 or nothing
        FloatVector n = minus.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, ROUND));
        IntVector exponent = n.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
        n = n.sub(ROUND);
        FloatVector r = n.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), minus);
        r = n.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), r);
        FloatVector p = FloatVector.broadcast(SPECIES, 1f / 720);
        p = p.fma(r, FloatVector.broadcast(SPECIES, 1f / 120));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 1f / 24));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 1f / 6));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 0.5f));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 1f));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 1f));
        FloatVector exp = p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
        return FloatVector.broadcast(SPECIES, 1f).div(exp.add(1f));
    }
}
