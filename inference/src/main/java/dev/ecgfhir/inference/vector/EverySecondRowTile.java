package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Lanes.COUNT;
import static dev.ecgfhir.inference.vector.Lanes.QUAD;
import static dev.ecgfhir.inference.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Sums of products of a convolution in groups of {@value TapGroups#WIDTH} channels with {@value TapGroups#TAPS} taps, every second row: {@value #ROWS}
 * rows of the output at a time, by one vector of channels.
 *
 * <p>A hot path, written out as {@link TallTile}. One step of a loop takes four taps, two apart: an input value that is loaded
 * serves as many rows as it meets with these taps, and the rest of the taps and the channels follow one another in memory, so that
 * one plain loop goes over the upper eight taps and one over the lower eight.
 */
final class EverySecondRowTile {
    static final int ROWS = 10;

    private EverySecondRowTile() {}

    /**
     * Writes the sums of {@link #ROWS} rows.
     *
     * @param x inputs, [position][16]; row r has its first tap at {@code xo + 32 * r}
     * @param w weights as {@link TapGroups} lays them out; those of the lower taps, and of the upper ones with their signs changed, are used
     * @param b bias, from {@code bo}
     * @param y gets row r at {@code yo + r * ld}
     */
    static void run(float[] x, int xo, float[] w, float[] b, int bo, float[] y, int yo, int ld) {
        FloatVector s0 = FloatVector.fromArray(SPECIES, b, bo).neg();
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        FloatVector s8 = s0;
        FloatVector s9 = s0;
        for (int i = 0; i < TapGroups.STEPS; i++) {
            int p = xo + i;
            int q = 2 * TapGroups.PART + i * QUAD;
            FloatVector w0 = FloatVector.fromArray(SPECIES, w, q);
            FloatVector w1 = FloatVector.fromArray(SPECIES, w, q + COUNT);
            FloatVector w2 = FloatVector.fromArray(SPECIES, w, q + 2 * COUNT);
            FloatVector w3 = FloatVector.fromArray(SPECIES, w, q + 3 * COUNT);
            FloatVector v = FloatVector.broadcast(SPECIES, x[p + 128]);
            s0 = w0.fma(v, s0);
            v = FloatVector.broadcast(SPECIES, x[p + 160]);
            s0 = w1.fma(v, s0);
            s1 = w0.fma(v, s1);
            v = FloatVector.broadcast(SPECIES, x[p + 192]);
            s0 = w2.fma(v, s0);
            s1 = w1.fma(v, s1);
            s2 = w0.fma(v, s2);
            v = FloatVector.broadcast(SPECIES, x[p + 224]);
            s0 = w3.fma(v, s0);
            s1 = w2.fma(v, s1);
            s2 = w1.fma(v, s2);
            s3 = w0.fma(v, s3);
            v = FloatVector.broadcast(SPECIES, x[p + 256]);
            s1 = w3.fma(v, s1);
            s2 = w2.fma(v, s2);
            s3 = w1.fma(v, s3);
            s4 = w0.fma(v, s4);
            v = FloatVector.broadcast(SPECIES, x[p + 288]);
            s2 = w3.fma(v, s2);
            s3 = w2.fma(v, s3);
            s4 = w1.fma(v, s4);
            s5 = w0.fma(v, s5);
            v = FloatVector.broadcast(SPECIES, x[p + 320]);
            s3 = w3.fma(v, s3);
            s4 = w2.fma(v, s4);
            s5 = w1.fma(v, s5);
            s6 = w0.fma(v, s6);
            v = FloatVector.broadcast(SPECIES, x[p + 352]);
            s4 = w3.fma(v, s4);
            s5 = w2.fma(v, s5);
            s6 = w1.fma(v, s6);
            s7 = w0.fma(v, s7);
            v = FloatVector.broadcast(SPECIES, x[p + 384]);
            s5 = w3.fma(v, s5);
            s6 = w2.fma(v, s6);
            s7 = w1.fma(v, s7);
            s8 = w0.fma(v, s8);
            v = FloatVector.broadcast(SPECIES, x[p + 416]);
            s6 = w3.fma(v, s6);
            s7 = w2.fma(v, s7);
            s8 = w1.fma(v, s8);
            s9 = w0.fma(v, s9);
            v = FloatVector.broadcast(SPECIES, x[p + 448]);
            s7 = w3.fma(v, s7);
            s8 = w2.fma(v, s8);
            s9 = w1.fma(v, s9);
            v = FloatVector.broadcast(SPECIES, x[p + 480]);
            s8 = w3.fma(v, s8);
            s9 = w2.fma(v, s9);
            v = FloatVector.broadcast(SPECIES, x[p + 512]);
            s9 = w3.fma(v, s9);
        }
        s0 = s0.neg();
        s1 = s1.neg();
        s2 = s2.neg();
        s3 = s3.neg();
        s4 = s4.neg();
        s5 = s5.neg();
        s6 = s6.neg();
        s7 = s7.neg();
        s8 = s8.neg();
        s9 = s9.neg();
        for (int i = 0; i < TapGroups.STEPS; i++) {
            int p = xo + i;
            int q = TapGroups.PART + i * QUAD;
            FloatVector w0 = FloatVector.fromArray(SPECIES, w, q);
            FloatVector w1 = FloatVector.fromArray(SPECIES, w, q + COUNT);
            FloatVector w2 = FloatVector.fromArray(SPECIES, w, q + 2 * COUNT);
            FloatVector w3 = FloatVector.fromArray(SPECIES, w, q + 3 * COUNT);
            FloatVector v = FloatVector.broadcast(SPECIES, x[p]);
            s0 = w0.fma(v, s0);
            v = FloatVector.broadcast(SPECIES, x[p + 32]);
            s0 = w1.fma(v, s0);
            s1 = w0.fma(v, s1);
            v = FloatVector.broadcast(SPECIES, x[p + 64]);
            s0 = w2.fma(v, s0);
            s1 = w1.fma(v, s1);
            s2 = w0.fma(v, s2);
            v = FloatVector.broadcast(SPECIES, x[p + 96]);
            s0 = w3.fma(v, s0);
            s1 = w2.fma(v, s1);
            s2 = w1.fma(v, s2);
            s3 = w0.fma(v, s3);
            v = FloatVector.broadcast(SPECIES, x[p + 128]);
            s1 = w3.fma(v, s1);
            s2 = w2.fma(v, s2);
            s3 = w1.fma(v, s3);
            s4 = w0.fma(v, s4);
            v = FloatVector.broadcast(SPECIES, x[p + 160]);
            s2 = w3.fma(v, s2);
            s3 = w2.fma(v, s3);
            s4 = w1.fma(v, s4);
            s5 = w0.fma(v, s5);
            v = FloatVector.broadcast(SPECIES, x[p + 192]);
            s3 = w3.fma(v, s3);
            s4 = w2.fma(v, s4);
            s5 = w1.fma(v, s5);
            s6 = w0.fma(v, s6);
            v = FloatVector.broadcast(SPECIES, x[p + 224]);
            s4 = w3.fma(v, s4);
            s5 = w2.fma(v, s5);
            s6 = w1.fma(v, s6);
            s7 = w0.fma(v, s7);
            v = FloatVector.broadcast(SPECIES, x[p + 256]);
            s5 = w3.fma(v, s5);
            s6 = w2.fma(v, s6);
            s7 = w1.fma(v, s7);
            s8 = w0.fma(v, s8);
            v = FloatVector.broadcast(SPECIES, x[p + 288]);
            s6 = w3.fma(v, s6);
            s7 = w2.fma(v, s7);
            s8 = w1.fma(v, s8);
            s9 = w0.fma(v, s9);
            v = FloatVector.broadcast(SPECIES, x[p + 320]);
            s7 = w3.fma(v, s7);
            s8 = w2.fma(v, s8);
            s9 = w1.fma(v, s9);
            v = FloatVector.broadcast(SPECIES, x[p + 352]);
            s8 = w3.fma(v, s8);
            s9 = w2.fma(v, s9);
            v = FloatVector.broadcast(SPECIES, x[p + 384]);
            s9 = w3.fma(v, s9);
        }
        s0.intoArray(y, yo);
        s1.intoArray(y, yo + ld);
        s2.intoArray(y, yo + 2 * ld);
        s3.intoArray(y, yo + 3 * ld);
        s4.intoArray(y, yo + 4 * ld);
        s5.intoArray(y, yo + 5 * ld);
        s6.intoArray(y, yo + 6 * ld);
        s7.intoArray(y, yo + 7 * ld);
        s8.intoArray(y, yo + 8 * ld);
        s9.intoArray(y, yo + 9 * ld);
    }
}
