package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Lanes.COUNT;
import static dev.ecgfhir.inference.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** As {@link WideTile} for processors of 16 vector registers (AVX2): {@value #ROWS} rows by two vectors. */
final class SmallTile {
    static final int ROWS = 4;

    private SmallTile() {}

    /** Writes the sums, see {@link WideTile}. */
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
        }
        s0a.intoArray(y, yo);
        s0b.intoArray(y, yo + COUNT);
        s1a.intoArray(y, yo + ld);
        s1b.intoArray(y, yo + ld + COUNT);
        s2a.intoArray(y, yo + 2 * ld);
        s2b.intoArray(y, yo + 2 * ld + COUNT);
        s3a.intoArray(y, yo + 3 * ld);
        s3b.intoArray(y, yo + 3 * ld + COUNT);
    }
}
