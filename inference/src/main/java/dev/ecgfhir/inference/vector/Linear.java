package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Lanes.COUNT;
import static dev.ecgfhir.inference.vector.Lanes.PAIR;

import dev.ecgfhir.inference.Precision;
import java.util.Arrays;

/**
 * A linear layer. Its weights lie in panels as those of a convolution, so that memory is read from one end to the other and one reading
 * serves all records. Immutable and safe to share between threads.
 */
final class Linear {
    /** Rows that buffers have beyond the records: a tile is computed whole. */
    static final int SPARE_ROWS = SmallTile.ROWS - 1;

    /** Inputs that are summed before their sum goes into the total, so that float32 loses little. */
    private static final int PORTION = 128;

    private static final float[] NO_BIAS = new float[PAIR];

    private final int inputs;
    private final int outputs;
    private final float[] bias; // zero where there is no output
    private final WeightStore weights; // [panel][input][2 * lanes]

    /**
     * Packs the weights.
     *
     * @param weight [outputs][inputs]
     * @param bias [outputs]
     * @param precision what the weights were rounded to
     */
    Linear(float[] weight, float[] bias, Precision precision) {
        outputs = bias.length;
        inputs = weight.length / outputs;
        this.bias = Arrays.copyOf(bias, Lanes.padded(outputs));
        weights = WeightStore.of(Panels.pack(weight, inputs, 1, outputs), precision);
    }

    /** Returns the number of outputs. */
    int outputs() {
        return outputs;
    }

    /** Returns the number of panels, of two vectors of outputs each. */
    int panels() {
        return bias.length / PAIR;
    }

    /**
     * Computes panels of outputs for several inputs.
     *
     * @param x [records + {@link #SPARE_ROWS}][inputRow]
     * @param inputRow floats in a row of the input
     * @param y [records + {@link #SPARE_ROWS}][outputRow]; outputs that there are not become zero
     * @param outputRow floats in a row of the output, at least {@link Lanes#padded}
     * @param records how many
     * @param first panel
     * @param last panel, exclusive
     */
    void run(float[] x, int inputRow, float[] y, int outputRow, int records, int first, int last) {
        for (int p = first; p < last; p++) {
            float[] w = weights.get(p);
            int c = p * PAIR;
            for (int r = 0; r < records; r += SmallTile.ROWS) {
                tile(x, r * inputRow, inputRow, w, c, y, r * outputRow + c, outputRow);
            }
        }
    }

    private void tile(float[] x, int from, int inputRow, float[] w, int c, float[] y, int to, int outputRow) {
        int count = Math.min(PORTION, inputs);
        SmallTile.run(x, from, inputRow, count, w, 0, bias, c, y, to, to + COUNT, outputRow);
        if (inputs == count) {
            return;
        }
        float[] part = new float[SmallTile.ROWS * PAIR];
        for (int i = count; i < inputs; i += count) {
            count = Math.min(PORTION, inputs - i);
            SmallTile.run(x, from + i, inputRow, count, w, i * PAIR, NO_BIAS, 0, part, 0, COUNT, PAIR);
            for (int r = 0; r < SmallTile.ROWS; r++) {
                Rows.add(part, r * PAIR, y, to + r * outputRow, PAIR);
            }
        }
    }
}
