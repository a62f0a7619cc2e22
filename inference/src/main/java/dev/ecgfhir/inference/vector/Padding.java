package dev.ecgfhir.inference.vector;

import dev.ecgfhir.inference.checkpoint.Architecture;
import java.util.Arrays;

/**
 * The rows of zeros around a convolution's input: half of what is missing before it, rounded down, the rest after it.
 *
 * @param rows of the input
 * @param length rows of the output
 * @param left rows of zeros before the input
 * @param right rows of zeros after it
 * @param kernel taps
 */
record Padding(int rows, int length, int left, int right, int kernel) {
    /** Rows that a tile may write or, by the stride apart, read beyond a short signal. */
    static final int SPARE_ROWS = TallTile.ROWS;

    static Padding of(int rows, int stride, int kernel) {
        int length = (rows + stride - 1) / stride;
        int missing = Math.max(0, (length - 1) * stride + kernel - rows);
        return new Padding(rows, length, missing / 2, missing - missing / 2, kernel);
    }

    /** Returns the rows of a buffer in which the convolution can be computed in whole tiles. */
    long bufferRows() {
        return (long) rows + left + right + kernel + (long) Architecture.STRIDE * SPARE_ROWS;
    }

    /** Writes the zeros of all parts. */
    void clear(float[] buffer, int start, Layout layout) {
        for (int part = 0; part < layout.parts(); part++) {
            int first = start + part * layout.part();
            int row = layout.width();
            Arrays.fill(buffer, first, first + left * row, 0);
            Arrays.fill(buffer, first + (left + rows) * row, first + (left + rows + right) * row, 0);
        }
    }
}
