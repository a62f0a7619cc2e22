package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Lanes.COUNT;

import java.util.Arrays;

/** Groups of any width with any taps: a table says where the inputs of a vector of outputs lie, which may reach over several groups. */
final class TableGroups implements Groups {
    private final int row;
    private final int stride;
    private final float[] bias; // zero where there is no channel
    private final float[][] weights; // [vector][input][lanes]
    private final int[][] offsets; // [vector][input], from the row's first input

    TableGroups(float[] weight, float[] bias, int groups, int stride) {
        int channels = bias.length;
        int in = channels / groups;
        int taps = weight.length / (channels * in);
        row = Lanes.row(channels);
        this.stride = stride;
        this.bias = Arrays.copyOf(bias, Lanes.padded(channels));
        int vectors = this.bias.length / COUNT;
        weights = new float[vectors][];
        offsets = new int[vectors][];
        for (int v = 0; v < vectors; v++) {
            int first = Math.min(v * COUNT, channels);
            int last = Math.min(first + COUNT, channels); // exclusive
            int from = first / in * in;
            int to = (last + in - 1) / in * in;
            int inputs = first == last ? 0 : to - from;
            offsets[v] = new int[taps * inputs];
            weights[v] = new float[taps * inputs * COUNT];
            for (int i = 0; i < taps * inputs; i++) {
                int tap = i / inputs;
                int channel = from + i % inputs;
                offsets[v][i] = tap * row + channel;
                int group = channel / in;
                for (int o = Math.max(first, group * in); o < Math.min(last, (group + 1) * in); o++) {
                    weights[v][i * COUNT + o - first] = weight[(o * in + channel % in) * taps + tap];
                }
            }
        }
    }

    @Override
    public Layout layout(Padding padding) {
        return new Layout(row, Math.toIntExact(Math.multiplyExact(padding.bufferRows(), row)), 1);
    }

    @Override
    public int vectors() {
        return weights.length;
    }

    @Override
    public void run(
            float[] x, float[] scratch, int from, Layout layout, float[] y, int to, int row, int rows, int vector) {
        int step = stride * this.row;
        int c = vector * COUNT;
        for (int done = 0; done < rows; done += GroupTile.ROWS) {
            int r = Math.max(0, Math.min(done, rows - GroupTile.ROWS));
            GroupTile.run(
                    x, from + r * step, step, offsets[vector], weights[vector], 0, bias, c, y, to + r * row + c, row);
        }
    }
}
