package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Lanes.PAIR;

import dev.ecgfhir.inference.Precision;
import java.util.Arrays;

/**
 * A convolution whose inputs for one row of the output lie one after another, with its weights in panels: all inputs of two vectors of
 * output channels. Immutable and safe to share between threads.
 *
 * <p>Outputs are computed in tiles of several rows. The last tile of a long signal overlaps the one before it; a signal shorter than a
 * tile is computed with rows that nobody needs, for which buffers have room ({@link Padding#SPARE_ROWS}).
 */
final class Convolution {
    private final int count; // inputs of one output
    private final float[] bias; // zero where there is no channel
    private final int panels;
    private final WeightStore weights; // [panel][input][2 * lanes]

    /**
     * Packs the weights.
     *
     * @param weight [outputs][inputs][taps]
     * @param bias [outputs]
     * @param inputs channels that come in
     * @param precision what the weights were rounded to
     */
    Convolution(float[] weight, float[] bias, int inputs, Precision precision) {
        int outputs = bias.length;
        int taps = weight.length / (outputs * inputs);
        count = taps * inputs;
        this.bias = Arrays.copyOf(bias, Lanes.padded(outputs));
        panels = this.bias.length / PAIR;
        weights = WeightStore.of(Panels.pack(weight, inputs, taps, outputs), precision);
    }

    /** Returns the number of panels. */
    int panels() {
        return panels;
    }

    /** Returns the bytes of the weights in float32. */
    long bytes() {
        return 4L * panels * count * PAIR;
    }

    /** Returns the weights of a panel, valid until the thread asks for others. */
    float[] weights(int panel) {
        return weights.get(panel);
    }

    /**
     * Computes rows of the output.
     *
     * @param x input; row r begins at {@code from + r * step}
     * @param y output; its first row begins at {@code to}
     * @param layout of the output
     * @param rows at least one
     * @param panel which channels of the output
     * @param w its {@link #weights}
     */
    void run(float[] x, int from, int step, float[] y, int to, Layout layout, int rows, int panel, float[] w) {
        int a = to + layout.vector(2 * panel);
        int b = to + layout.vector(2 * panel + 1);
        int ld = layout.width();
        int c = panel * PAIR;
        int tile = TileChoice.ROWS;
        for (int done = 0; done < rows; done += tile) {
            int r = Math.max(0, Math.min(done, rows - tile));
            if (tile == TallTile.ROWS) {
                TallTile.run(x, from + r * step, step, count, w, 0, bias, c, y, a + r * ld, b + r * ld, ld);
            } else if (tile == WideTile.ROWS) {
                WideTile.run(x, from + r * step, step, count, w, 0, bias, c, y, a + r * ld, b + r * ld, ld);
            } else {
                SmallTile.run(x, from + r * step, step, count, w, 0, bias, c, y, a + r * ld, b + r * ld, ld);
            }
        }
    }
}
