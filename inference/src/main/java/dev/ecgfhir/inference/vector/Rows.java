package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Lanes.COUNT;
import static dev.ecgfhir.inference.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** What is done to rows of channels besides convolving them. Rows are padded as {@link Lanes#padded} says. */
final class Rows {
    /** Rows that are summed before their sum goes into the total, so that float32 loses nothing on long signals. */
    private static final int PORTION = 64;

    private Rows() {}

    /**
     * Writes the mean over all rows of some vectors of channels.
     *
     * @param x [rows][row] from {@code start}
     * @param mean [row] from {@code to}
     * @param first vector of channels
     * @param last vector of channels, exclusive
     */
    static void mean(float[] x, int start, int row, int rows, float[] mean, int to, int first, int last) {
        for (int c = first * COUNT; c < last * COUNT; c += COUNT) {
            FloatVector total = FloatVector.zero(SPECIES);
            for (int from = 0; from < rows; from += PORTION) {
                total = total.add(sum(x, start + from * row + c, row, Math.min(PORTION, rows - from)));
            }
            total.div((float) rows).intoArray(mean, to + c);
        }
    }

    private static FloatVector sum(float[] x, int start, int row, int rows) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int r = 0; r < rows; r++) {
            sum = sum.add(FloatVector.fromArray(SPECIES, x, start + r * row));
        }
        return sum;
    }

    /**
     * Multiplies one row by the gate and adds the shortcut.
     *
     * @param y the row, from {@code at}
     * @param gate from {@code g}
     * @param x the shortcut, from {@code xo}
     */
    static void scaleAndAdd(float[] y, int at, float[] gate, int g, float[] x, int xo, int count) {
        for (int c = 0; c < count; c += COUNT) {
            FloatVector.fromArray(SPECIES, y, at + c)
                    .fma(FloatVector.fromArray(SPECIES, gate, g + c), FloatVector.fromArray(SPECIES, x, xo + c))
                    .intoArray(y, at + c);
        }
    }

    /** Multiplies one row by the gate. */
    static void scale(float[] y, int at, float[] gate, int g, int count) {
        for (int c = 0; c < count; c += COUNT) {
            FloatVector.fromArray(SPECIES, y, at + c)
                    .mul(FloatVector.fromArray(SPECIES, gate, g + c))
                    .intoArray(y, at + c);
        }
    }

    /** Adds the channels of one row to another. */
    static void add(float[] x, int from, float[] y, int to, int channels) {
        int c = 0;
        for (; c <= channels - COUNT; c += COUNT) {
            FloatVector.fromArray(SPECIES, x, from + c)
                    .add(FloatVector.fromArray(SPECIES, y, to + c))
                    .intoArray(y, to + c);
        }
        for (; c < channels; c++) {
            y[to + c] += x[from + c];
        }
    }

    /** Adds, channel by channel, the larger value of two rows to a third one. */
    static void addLarger(float[] x, int first, int second, float[] y, int to, int channels) {
        int c = 0;
        for (; c <= channels - COUNT; c += COUNT) {
            FloatVector.fromArray(SPECIES, x, first + c)
                    .max(FloatVector.fromArray(SPECIES, x, second + c))
                    .add(FloatVector.fromArray(SPECIES, y, to + c))
                    .intoArray(y, to + c);
        }
        for (; c < channels; c++) {
            y[to + c] += Math.max(x[first + c], x[second + c]);
        }
    }

    /** Writes the differences of the values of two places; {@code count} is rounded up to whole vectors. */
    static void subtract(float[] x, int first, int second, float[] y, int to, int count) {
        for (int i = 0; i < count; i += COUNT) {
            FloatVector.fromArray(SPECIES, x, first + i)
                    .sub(FloatVector.fromArray(SPECIES, x, second + i))
                    .intoArray(y, to + i);
        }
    }
}
