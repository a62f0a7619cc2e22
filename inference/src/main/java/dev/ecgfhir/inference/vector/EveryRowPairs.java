package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Lanes.COUNT;
import static dev.ecgfhir.inference.vector.Lanes.QUAD;
import static dev.ecgfhir.inference.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * As {@link EveryRowTile}, {@value #ROWS} rows at a time with three quarters of the products.
 *
 * <p>Rows go in pairs whose first taps lie eight apart. With L and H the sums over the lower and the upper eight taps, x the eight inputs
 * at the first row's taps, x' the next eight and x" the eight after them, the pair is L(x) + H(x') and L(x') + H(x"). Both hold
 * M = (L + H)(x'): the first is M + L(x - x'), the second M - H(x' - x").
 *
 * <h2>References</h2>
 * S. Winograd, Arithmetic Complexity of Computations, 1980: two outputs of a filter with two taps by three products, here with eight
 * taps and {@value TapGroups#WIDTH} channels in the place of each tap.
 */
final class EveryRowPairs {
    static final int ROWS = 16;

    private EveryRowPairs() {}

    /**
     * Writes the sums of {@link #ROWS} rows.
     *
     * @param x inputs, [position][16]; row r has its first tap at {@code xo + 16 * r}
     * @param d each input less the one eight positions on, at the same places
     * @param w weights of L + H, of L and of -H, each [tap % 2][channel][tap / 2][lanes]
     * @param b bias, from {@code bo}
     * @param y gets row r at {@code yo + r * ld}
     */
    static void run(float[] x, int xo, float[] d, float[] w, float[] b, int bo, float[] y, int yo, int ld) {
        FloatVector m0 = FloatVector.fromArray(SPECIES, b, bo);
        FloatVector m1 = m0;
        FloatVector m2 = m0;
        FloatVector m3 = m0;
        FloatVector m4 = m0;
        FloatVector m5 = m0;
        FloatVector m6 = m0;
        FloatVector m7 = m0;
        for (int i = 0; i < TapGroups.STEPS; i++) {
            int p = xo + i;
            int q = i * QUAD;
            FloatVector w0 = FloatVector.fromArray(SPECIES, w, q);
            FloatVector w1 = FloatVector.fromArray(SPECIES, w, q + COUNT);
            FloatVector w2 = FloatVector.fromArray(SPECIES, w, q + 2 * COUNT);
            FloatVector w3 = FloatVector.fromArray(SPECIES, w, q + 3 * COUNT);
            FloatVector v = FloatVector.broadcast(SPECIES, x[p + 128]);
            m0 = w0.fma(v, m0);
            v = FloatVector.broadcast(SPECIES, x[p + 144]);
            m1 = w0.fma(v, m1);
            v = FloatVector.broadcast(SPECIES, x[p + 160]);
            m0 = w1.fma(v, m0);
            m2 = w0.fma(v, m2);
            v = FloatVector.broadcast(SPECIES, x[p + 176]);
            m1 = w1.fma(v, m1);
            m3 = w0.fma(v, m3);
            v = FloatVector.broadcast(SPECIES, x[p + 192]);
            m0 = w2.fma(v, m0);
            m2 = w1.fma(v, m2);
            m4 = w0.fma(v, m4);
            v = FloatVector.broadcast(SPECIES, x[p + 208]);
            m1 = w2.fma(v, m1);
            m3 = w1.fma(v, m3);
            m5 = w0.fma(v, m5);
            v = FloatVector.broadcast(SPECIES, x[p + 224]);
            m0 = w3.fma(v, m0);
            m2 = w2.fma(v, m2);
            m4 = w1.fma(v, m4);
            m6 = w0.fma(v, m6);
            v = FloatVector.broadcast(SPECIES, x[p + 240]);
            m1 = w3.fma(v, m1);
            m3 = w2.fma(v, m3);
            m5 = w1.fma(v, m5);
            m7 = w0.fma(v, m7);
            v = FloatVector.broadcast(SPECIES, x[p + 256]);
            m2 = w3.fma(v, m2);
            m4 = w2.fma(v, m4);
            m6 = w1.fma(v, m6);
            v = FloatVector.broadcast(SPECIES, x[p + 272]);
            m3 = w3.fma(v, m3);
            m5 = w2.fma(v, m5);
            m7 = w1.fma(v, m7);
            v = FloatVector.broadcast(SPECIES, x[p + 288]);
            m4 = w3.fma(v, m4);
            m6 = w2.fma(v, m6);
            v = FloatVector.broadcast(SPECIES, x[p + 304]);
            m5 = w3.fma(v, m5);
            m7 = w2.fma(v, m7);
            v = FloatVector.broadcast(SPECIES, x[p + 320]);
            m6 = w3.fma(v, m6);
            v = FloatVector.broadcast(SPECIES, x[p + 336]);
            m7 = w3.fma(v, m7);
        }
        FloatVector a0 = m0;
        FloatVector a1 = m1;
        FloatVector a2 = m2;
        FloatVector a3 = m3;
        FloatVector a4 = m4;
        FloatVector a5 = m5;
        FloatVector a6 = m6;
        FloatVector a7 = m7;
        for (int i = 0; i < TapGroups.STEPS; i++) {
            int p = xo + i;
            int q = TapGroups.PART + i * QUAD;
            FloatVector w0 = FloatVector.fromArray(SPECIES, w, q);
            FloatVector w1 = FloatVector.fromArray(SPECIES, w, q + COUNT);
            FloatVector w2 = FloatVector.fromArray(SPECIES, w, q + 2 * COUNT);
            FloatVector w3 = FloatVector.fromArray(SPECIES, w, q + 3 * COUNT);
            FloatVector v = FloatVector.broadcast(SPECIES, d[p]);
            a0 = w0.fma(v, a0);
            v = FloatVector.broadcast(SPECIES, d[p + 16]);
            a1 = w0.fma(v, a1);
            v = FloatVector.broadcast(SPECIES, d[p + 32]);
            a0 = w1.fma(v, a0);
            a2 = w0.fma(v, a2);
            v = FloatVector.broadcast(SPECIES, d[p + 48]);
            a1 = w1.fma(v, a1);
            a3 = w0.fma(v, a3);
            v = FloatVector.broadcast(SPECIES, d[p + 64]);
            a0 = w2.fma(v, a0);
            a2 = w1.fma(v, a2);
            a4 = w0.fma(v, a4);
            v = FloatVector.broadcast(SPECIES, d[p + 80]);
            a1 = w2.fma(v, a1);
            a3 = w1.fma(v, a3);
            a5 = w0.fma(v, a5);
            v = FloatVector.broadcast(SPECIES, d[p + 96]);
            a0 = w3.fma(v, a0);
            a2 = w2.fma(v, a2);
            a4 = w1.fma(v, a4);
            a6 = w0.fma(v, a6);
            v = FloatVector.broadcast(SPECIES, d[p + 112]);
            a1 = w3.fma(v, a1);
            a3 = w2.fma(v, a3);
            a5 = w1.fma(v, a5);
            a7 = w0.fma(v, a7);
            v = FloatVector.broadcast(SPECIES, d[p + 128]);
            a2 = w3.fma(v, a2);
            a4 = w2.fma(v, a4);
            a6 = w1.fma(v, a6);
            v = FloatVector.broadcast(SPECIES, d[p + 144]);
            a3 = w3.fma(v, a3);
            a5 = w2.fma(v, a5);
            a7 = w1.fma(v, a7);
            v = FloatVector.broadcast(SPECIES, d[p + 160]);
            a4 = w3.fma(v, a4);
            a6 = w2.fma(v, a6);
            v = FloatVector.broadcast(SPECIES, d[p + 176]);
            a5 = w3.fma(v, a5);
            a7 = w2.fma(v, a7);
            v = FloatVector.broadcast(SPECIES, d[p + 192]);
            a6 = w3.fma(v, a6);
            v = FloatVector.broadcast(SPECIES, d[p + 208]);
            a7 = w3.fma(v, a7);
        }
        a0.intoArray(y, yo);
        a1.intoArray(y, yo + ld);
        a2.intoArray(y, yo + 2 * ld);
        a3.intoArray(y, yo + 3 * ld);
        a4.intoArray(y, yo + 4 * ld);
        a5.intoArray(y, yo + 5 * ld);
        a6.intoArray(y, yo + 6 * ld);
        a7.intoArray(y, yo + 7 * ld);
        for (int i = 0; i < TapGroups.STEPS; i++) {
            int p = xo + i;
            int q = 2 * TapGroups.PART + i * QUAD;
            FloatVector w0 = FloatVector.fromArray(SPECIES, w, q);
            FloatVector w1 = FloatVector.fromArray(SPECIES, w, q + COUNT);
            FloatVector w2 = FloatVector.fromArray(SPECIES, w, q + 2 * COUNT);
            FloatVector w3 = FloatVector.fromArray(SPECIES, w, q + 3 * COUNT);
            FloatVector v = FloatVector.broadcast(SPECIES, d[p + 128]);
            m0 = w0.fma(v, m0);
            v = FloatVector.broadcast(SPECIES, d[p + 144]);
            m1 = w0.fma(v, m1);
            v = FloatVector.broadcast(SPECIES, d[p + 160]);
            m0 = w1.fma(v, m0);
            m2 = w0.fma(v, m2);
            v = FloatVector.broadcast(SPECIES, d[p + 176]);
            m1 = w1.fma(v, m1);
            m3 = w0.fma(v, m3);
            v = FloatVector.broadcast(SPECIES, d[p + 192]);
            m0 = w2.fma(v, m0);
            m2 = w1.fma(v, m2);
            m4 = w0.fma(v, m4);
            v = FloatVector.broadcast(SPECIES, d[p + 208]);
            m1 = w2.fma(v, m1);
            m3 = w1.fma(v, m3);
            m5 = w0.fma(v, m5);
            v = FloatVector.broadcast(SPECIES, d[p + 224]);
            m0 = w3.fma(v, m0);
            m2 = w2.fma(v, m2);
            m4 = w1.fma(v, m4);
            m6 = w0.fma(v, m6);
            v = FloatVector.broadcast(SPECIES, d[p + 240]);
            m1 = w3.fma(v, m1);
            m3 = w2.fma(v, m3);
            m5 = w1.fma(v, m5);
            m7 = w0.fma(v, m7);
            v = FloatVector.broadcast(SPECIES, d[p + 256]);
            m2 = w3.fma(v, m2);
            m4 = w2.fma(v, m4);
            m6 = w1.fma(v, m6);
            v = FloatVector.broadcast(SPECIES, d[p + 272]);
            m3 = w3.fma(v, m3);
            m5 = w2.fma(v, m5);
            m7 = w1.fma(v, m7);
            v = FloatVector.broadcast(SPECIES, d[p + 288]);
            m4 = w3.fma(v, m4);
            m6 = w2.fma(v, m6);
            v = FloatVector.broadcast(SPECIES, d[p + 304]);
            m5 = w3.fma(v, m5);
            m7 = w2.fma(v, m7);
            v = FloatVector.broadcast(SPECIES, d[p + 320]);
            m6 = w3.fma(v, m6);
            v = FloatVector.broadcast(SPECIES, d[p + 336]);
            m7 = w3.fma(v, m7);
        }
        m0.intoArray(y, yo + 8 * ld);
        m1.intoArray(y, yo + 9 * ld);
        m2.intoArray(y, yo + 10 * ld);
        m3.intoArray(y, yo + 11 * ld);
        m4.intoArray(y, yo + 12 * ld);
        m5.intoArray(y, yo + 13 * ld);
        m6.intoArray(y, yo + 14 * ld);
        m7.intoArray(y, yo + 15 * ld);
    }
}
