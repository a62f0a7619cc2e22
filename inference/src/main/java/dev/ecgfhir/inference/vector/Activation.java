package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Lanes.COUNT;
import static dev.ecgfhir.inference.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sigmoid and swish over whole vectors, to about 3e-7 of the value, and the sigmoid to 2e-38. A division for each vector: two by one
 * division, with three products more, took 10 % longer.
 *
 * <h2>References</h2>
 * Cody and Waite's reduction, to base 2: exp(-x) = 2^n 2^r with |r| at most 1/2. The polynomial of degree 5 meets 2^r at the Chebyshev
 * points of that interval; it is off by 1e-7 of the value at most.
 */
final class Activation {
    private static final float MINUS_LOG2_E = (float) (-1 / 0.6931471805599453);
    private static final float ROUND = 12582912f; // 1.5 * 2^23: adding it rounds to a whole number

    /** The bits of 87: beyond, exp is no normal float; the sigmoid is nothing or 1. */
    private static final int LARGEST = 0x42AE0000;

    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SPECIES.vectorShape());
    private static final float P5 = 0x1.5f089p-10f;
    private static final float P4 = 0x1.3d107p-7f;
    private static final float P3 = 0x1.c6af6cp-5f;
    private static final float P2 = 0x1.ebf906p-3f;
    private static final float P1 = 0x1.62e43p-1f;
    private static final float P0 = 0x1.000002p0f;

    private Activation() {}

    /** Writes x times its sigmoid; {@code from} and {@code to} may be the same. {@code count} is rounded up to whole vectors. */
    static void swish(float[] from, int source, float[] to, int target, int count) {
        for (int i = 0; i < count; i += COUNT) {
            swish(FloatVector.fromArray(SPECIES, from, source + i)).intoArray(to, target + i);
        }
    }

    /** Replaces x by x times its sigmoid, in one vector of each row. */
    static void swishColumn(float[] values, int start, int row, int rows) {
        for (int r = 0; r < rows; r++) {
            swish(FloatVector.fromArray(SPECIES, values, start + r * row)).intoArray(values, start + r * row);
        }
    }

    /** Replaces x by its sigmoid. {@code count} is rounded up to whole vectors. */
    static void sigmoid(float[] values, int start, int count) {
        for (int i = start; i < start + count; i += COUNT) {
            FloatVector.broadcast(SPECIES, 1f)
                    .div(onePlusExpOfMinus(FloatVector.fromArray(SPECIES, values, i)))
                    .intoArray(values, i);
        }
    }

    /** Returns x times its sigmoid. */
    static FloatVector swish(FloatVector x) {
        return x.div(onePlusExpOfMinus(x));
    }

    private static FloatVector onePlusExpOfMinus(FloatVector x) {
        FloatVector bounded = atMost(atMost(x.neg(), LARGEST).neg(), LARGEST);
        FloatVector log2 = FloatVector.broadcast(SPECIES, MINUS_LOG2_E);
        FloatVector round = FloatVector.broadcast(SPECIES, ROUND);
        FloatVector n = bounded.fma(log2, round);
        IntVector exponent = n.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
        FloatVector r = bounded.fma(log2, round.sub(n));
        FloatVector p = FloatVector.broadcast(SPECIES, P5).fma(r, FloatVector.broadcast(SPECIES, P4));
        p = p.fma(r, FloatVector.broadcast(SPECIES, P3));
        p = p.fma(r, FloatVector.broadcast(SPECIES, P2));
        p = p.fma(r, FloatVector.broadcast(SPECIES, P1));
        p = p.fma(r, FloatVector.broadcast(SPECIES, P0));
        return p.reinterpretAsInts().add(exponent).reinterpretAsFloats().add(1f);
    }

    /** Returns the smaller of x and a positive bound. As whole numbers, because Java's smaller float, which minds -0, takes many instructions. */
    private static FloatVector atMost(FloatVector x, int bound) {
        return x.reinterpretAsInts()
                .lanewise(VectorOperators.MIN, IntVector.broadcast(INTS, bound))
                .reinterpretAsFloats();
    }
}
