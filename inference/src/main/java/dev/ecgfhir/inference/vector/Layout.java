package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Lanes.COUNT;

/**
 * Where the channels of a signal lie: {@code width} channels of all rows together, then the next ones. A plain signal, [rows][channels],
 * has all in one part.
 *
 * @param width floats from one row to the next
 * @param part floats from one part to the next
 * @param parts number of parts
 */
record Layout(int width, int part, int parts) {
    /** Returns the layout of a signal [rows][channels]. */
    static Layout plain(int row) {
        return new Layout(row, 0, 1);
    }

    /** Returns the offset of a vector of channels in the first row. */
    int vector(int index) {
        int channel = index * COUNT;
        return parts == 1 ? channel : channel / width * part + channel % width;
    }

    /** Returns the floats that all parts take. */
    int size() {
        return Math.multiplyExact(part, parts);
    }

    /**
     * Replaces x by x times its sigmoid.
     *
     * @param y the signal
     * @param start of its first row
     * @param rows how many
     * @param first vector of channels
     * @param last vector of channels, exclusive
     */
    void swish(float[] y, int start, int rows, int first, int last) {
        int vectors = width / COUNT; // of a part
        for (int v = first; v < last; v++) {
            if (v % vectors == 0 && v + vectors <= last) {
                Activation.swish(y, start + vector(v), y, start + vector(v), rows * width);
                v += vectors - 1;
            } else {
                Activation.swishColumn(y, start + vector(v), width, rows);
            }
        }
    }
}
