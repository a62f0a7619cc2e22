package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Lanes.COUNT;
import static dev.ecgfhir.inference.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Sums of products for {@value #ROWS} rows of the output at a time, by two vectors of channels: each weight that is loaded serves
 * all rows, each input value both vectors.
 *
 * <p>A hot path: written out, in one loop, because the compiler keeps only local variables of a plain loop in registers. Eight rows
 * by two vectors fill the 32 registers of AVX-512 and Arm; more would spill. The inputs of a row lie one after another.
 */
final class WideTile {
    static final int ROWS = 8;

    private WideTile() {}

    /** Writes the sums at {@code yo + row * ld}; inputs start at {@code xo + row * step}, weights at {@code wo}, bias at {@code bo}. */
    static void run(
            float[] x, int xo, int step, int count, float[] w, int wo, float[] b, int bo, float[] y, int yo, int ld) {
        FloatVector s0a = FloatVector.fromArray(SPECIES, b, bo);
        FloatVector s0b = FloatVector.fromArray(SPECIES, b, bo + COUNT);
        FloatVector s1a = s0a;
        FloatVector s1b = s0b;
        FloatVector s2a = s0a;
        FloatVector s2b = s0b;
        FloatVector s3a = s0a;
        FloatVector s3b = s0b;
        FloatVector s4a = s0a;
        FloatVector s4b = s0b;
        FloatVector s5a = s0a;
        FloatVector s5b = s0b;
        FloatVector s6a = s0a;
        FloatVector s6b = s0b;
        FloatVector s7a = s0a;
        FloatVector s7b = s0b;
        for (int i = 0; i < count; i++) {
            int p = xo + i;
            int q = wo + i * 2 * COUNT;
            FloatVector a = FloatVector.fromArray(SPECIES, w, q);
            FloatVector c = FloatVector.fromArray(SPECIES, w, q + COUNT);
            FloatVector v = FloatVector.broadcast(SPECIES, x[p]);
            s0a = a.fma(v, s0a);
            s0b = c.fma(v, s0b);
            v = FloatVector.broadcast(SPECIES, x[p + step]);
            s1a = a.fma(v, s1a);
            s1b = c.fma(v, s1b);
            v = FloatVector.broadcast(SPECIES, x[p + 2 * step]);
            s2a = a.fma(v, s2a);
            s2b = c.fma(v, s2b);
            v = FloatVector.broadcast(SPECIES, x[p + 3 * step]);
            s3a = a.fma(v, s3a);
            s3b = c.fma(v, s3b);
            v = FloatVector.broadcast(SPECIES, x[p + 4 * step]);
            s4a = a.fma(v, s4a);
            s4b = c.fma(v, s4b);
            v = FloatVector.broadcast(SPECIES, x[p + 5 * step]);
            s5a = a.fma(v, s5a);
            s5b = c.fma(v, s5b);
            v = FloatVector.broadcast(SPECIES, x[p + 6 * step]);
            s6a = a.fma(v, s6a);
            s6b = c.fma(v, s6b);
            v = FloatVector.broadcast(SPECIES, x[p + 7 * step]);
            s7a = a.fma(v, s7a);
            s7b = c.fma(v, s7b);
        }
        s0a.intoArray(y, yo);
        s0b.intoArray(y, yo + COUNT);
        s1a.intoArray(y, yo + ld);
        s1b.intoArray(y, yo + ld + COUNT);
        s2a.intoArray(y, yo + 2 * ld);
        s2b.intoArray(y, yo + 2 * ld + COUNT);
        s3a.intoArray(y, yo + 3 * ld);
        s3b.intoArray(y, yo + 3 * ld + COUNT);
        s4a.intoArray(y, yo + 4 * ld);
        s4b.intoArray(y, yo + 4 * ld + COUNT);
        s5a.intoArray(y, yo + 5 * ld);
        s5b.intoArray(y, yo + 5 * ld + COUNT);
        s6a.intoArray(y, yo + 6 * ld);
        s6b.intoArray(y, yo + 6 * ld + COUNT);
        s7a.intoArray(y, yo + 7 * ld);
        s7b.intoArray(y, yo + 7 * ld + COUNT);
    }
}
