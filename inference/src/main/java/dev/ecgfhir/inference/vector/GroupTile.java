package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Lanes.COUNT;
import static dev.ecgfhir.inference.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * As {@link WideTile}, by one vector of channels, with the inputs of a row wherever a table says: a group's channels at each tap. A
 * table in place of a loop over taps and channels, because JDK 17 makes no machine vectors of nested loops.
 */
final class GroupTile {
    static final int ROWS = 8;

    private GroupTile() {}

    /** Writes the sums; the inputs of a row lie at {@code xo + row * step + offsets[i]}, the rest see {@link WideTile}. */
    static void run(
            float[] x,
            int xo,
            int step,
            int[] offsets,
            float[] w,
            int wo,
            float[] b,
            int bo,
            float[] y,
            int yo,
            int ld) {
        FloatVector s0a = FloatVector.fromArray(SPECIES, b, bo);
        FloatVector s1a = s0a;
        FloatVector s2a = s0a;
        FloatVector s3a = s0a;
        FloatVector s4a = s0a;
        FloatVector s5a = s0a;
        FloatVector s6a = s0a;
        FloatVector s7a = s0a;
        for (int i = 0; i < offsets.length; i++) {
            int p = xo + offsets[i];
            int q = wo + i * COUNT;
            FloatVector a = FloatVector.fromArray(SPECIES, w, q);
            FloatVector v = FloatVector.broadcast(SPECIES, x[p]);
            s0a = a.fma(v, s0a);
            v = FloatVector.broadcast(SPECIES, x[p + step]);
            s1a = a.fma(v, s1a);
            v = FloatVector.broadcast(SPECIES, x[p + 2 * step]);
            s2a = a.fma(v, s2a);
            v = FloatVector.broadcast(SPECIES, x[p + 3 * step]);
            s3a = a.fma(v, s3a);
            v = FloatVector.broadcast(SPECIES, x[p + 4 * step]);
            s4a = a.fma(v, s4a);
            v = FloatVector.broadcast(SPECIES, x[p + 5 * step]);
            s5a = a.fma(v, s5a);
            v = FloatVector.broadcast(SPECIES, x[p + 6 * step]);
            s6a = a.fma(v, s6a);
            v = FloatVector.broadcast(SPECIES, x[p + 7 * step]);
            s7a = a.fma(v, s7a);
        }
        s0a.intoArray(y, yo);
        s1a.intoArray(y, yo + ld);
        s2a.intoArray(y, yo + 2 * ld);
        s3a.intoArray(y, yo + 3 * ld);
        s4a.intoArray(y, yo + 4 * ld);
        s5a.intoArray(y, yo + 5 * ld);
        s6a.intoArray(y, yo + 6 * ld);
        s7a.intoArray(y, yo + 7 * ld);
    }
}
