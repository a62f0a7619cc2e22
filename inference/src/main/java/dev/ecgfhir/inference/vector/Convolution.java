package dev.ecgfhir.inference.vector;

import java.util.Arrays;

/**
 * A convolution over rows of channels, with its weights in panels: all inputs of a few output channels, which fill one or two
 * vectors, lie one after another. Immutable and safe to share between threads.
 *
 * <p>Outputs are computed in tiles of several rows. The last tile of a long signal overlaps the one before it; a signal shorter than a
 * tile is computed with rows that nobody needs, for which buffers have room ({@link Workspace}).
 */
final class Convolution {
    private final boolean grouped;
    private final int width; // channels in a panel
    private final int ld; // floats in a row of the output
    private final float[] bias; // [ld], zero where there is no channel
    private final float[][] weights; // [panel][input][width]
    private final int[][] offsets; // [panel][input], from the row's first input; of a convolution in groups only

    /**
     * Packs the weights.
     *
     * @param weight [outputs][inputs / groups][taps]
     * @param bias [outputs]
     * @param inputs channels that come in
     * @param row floats in a row of the input, at least {@code inputs}; equal to it if there is one group and several taps
     * @param groups into which channels are parted
     */
    Convolution(float[] weight, float[] bias, int inputs, int row, int groups) {
        int outputs = bias.length;
        int in = inputs / groups;
        int taps = weight.length / (outputs * in);
        int out = outputs / groups;
        grouped = groups > 1 || (taps > 1 && row != inputs);
        width = grouped ? Lanes.COUNT : 2 * Lanes.COUNT;
        ld = Lanes.padded(outputs);
        this.bias = Arrays.copyOf(bias, ld);
        int panels = ld / width;
        weights = new float[panels][];
        offsets = new int[panels][];
        for (int p = 0; p < panels; p++) {
            int first = Math.min(p * width, outputs);
            int last = Math.min(first + width, outputs); // exclusive
            int from = first / out * in;
            int to = (last + out - 1) / out * in;
            int channels = first == last ? 0 : to - from;
            offsets[p] = new int[taps * channels];
            weights[p] = new float[taps * channels * width];
            for (int i = 0; i < taps * channels; i++) {
                int tap = i / channels;
                int channel = from + i % channels;
                offsets[p][i] = tap * row + channel;
                int group = channel / in;
                for (int o = Math.max(first, group * out); o < Math.min(last, (group + 1) * out); o++) {
                    weights[p][i * width + o - first] = weight[(o * in + channel % in) * taps + tap];
                }
            }
        }
    }

    /** Returns the floats in a row of the output. */
    int ld() {
        return ld;
    }

    /**
     * Computes rows of the output.
     *
     * @param x input; row r begins at {@code r * step}
     * @param y output; row r begins at {@code start + r * ld()}
     * @param rows at least one
     */
    void run(float[] x, int step, float[] y, int start, int rows) {
        int tile = grouped ? GroupTile.ROWS : Lanes.COUNT == 8 ? SmallTile.ROWS : WideTile.ROWS;
        for (int p = 0; p < weights.length; p++) {
            int c = p * width;
            for (int done = 0; done < rows; done += tile) {
                int r = Math.max(0, Math.min(done, rows - tile));
                int to = start + r * ld + c;
                if (grouped) {
                    GroupTile.run(x, r * step, step, offsets[p], weights[p], 0, bias, c, y, to, ld);
                } else if (tile == SmallTile.ROWS) {
                    SmallTile.run(x, r * step, step, offsets[p].length, weights[p], 0, bias, c, y, to, ld);
                } else {
                    WideTile.run(x, r * step, step, offsets[p].length, weights[p], 0, bias, c, y, to, ld);
                }
            }
        }
    }
}
