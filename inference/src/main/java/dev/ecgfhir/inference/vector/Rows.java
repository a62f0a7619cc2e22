package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Lanes.COUNT;
import static dev.ecgfhir.inference.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** What is done to rows of channels besides convolving them. Rows are padded as {@link Lanes#padded} says. */
final class Rows {
    /** Rows that are summed before their sum goes into the total, so that float32 loses nothing on long signals. */
    private static final int PORTION = 64;

    private Rows() {}

    /** Writes the mean of each channel over all rows, [ld]. */
    static void mean(float[] x, int ld, int rows, float[] mean) {
        for (int c = 0; c < ld; c += COUNT) {
            FloatVector total = FloatVector.zero(SPECIES);
            for (int from = 0; from < rows; from += PORTION) {
                total = total.add(sum(x, from * ld + c, ld, Math.min(PORTION, rows - from)));
            }
            total.div((float) rows).intoArray(mean, c);
        }
    }

    private static FloatVector sum(float[] x, int start, int ld, int rows) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int r = 0; r < rows; r++) {
            sum = sum.add(FloatVector.fromArray(SPECIES, x, start + r * ld));
        }
        return sum;
    }

    /** Multiplies each row by the gate, [ld]. */
    static void scale(float[] x, int ld, int rows, float[] gate) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < ld; c += COUNT) {
                FloatVector.fromArray(SPECIES, x, r * ld + c)
                        .mul(FloatVector.fromArray(SPECIES, gate, c))
                        .intoArray(x, r * ld + c);
            }
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
}
