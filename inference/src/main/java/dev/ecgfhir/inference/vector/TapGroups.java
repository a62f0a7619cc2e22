package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Lanes.COUNT;

/**
 * Groups of {@value #WIDTH} channels and {@value #TAPS} taps, as the published network and its ablations have them. The input lies group
 * by group, so that all inputs of an output follow one another in memory.
 */
final class TapGroups implements Groups {
    static final int WIDTH = 16;
    static final int TAPS = 16;

    private static final int TOGETHER = 4; // taps in one step of the loop

    /** Steps of a tile's loop. */
    static final int STEPS = WIDTH * TAPS / TOGETHER;

    private final int stride;
    private final float[] bias;
    private final float[][] weights; // [vector][tap % 4][channel][tap / 4][lanes]

    TapGroups(float[] weight, float[] bias, int stride) {
        this.stride = stride;
        this.bias = bias.clone();
        weights = new float[bias.length / COUNT][WIDTH * TAPS * COUNT];
        for (int o = 0; o < bias.length; o++) {
            float[] vector = weights[o / COUNT];
            for (int i = 0; i < WIDTH * TAPS; i++) {
                int tap = i % TAPS;
                int step = tap % TOGETHER * WIDTH + i / TAPS;
                vector[(step * TOGETHER + tap / TOGETHER) * COUNT + o % COUNT] = weight[o * WIDTH * TAPS + i];
            }
        }
    }

    static boolean fits(float[] weight, float[] bias, int groups) {
        return bias.length == groups * WIDTH && weight.length == bias.length * WIDTH * TAPS && WIDTH % COUNT == 0;
    }

    @Override
    public Layout layout(Padding padding) {
        return new Layout(WIDTH, Math.toIntExact(padding.bufferRows() * WIDTH), Lanes.padded(bias.length) / WIDTH);
    }

    @Override
    public int vectors() {
        return weights.length;
    }

    @Override
    public void run(float[] x, int from, Layout layout, float[] y, int to, int row, int rows, int vector) {
        int start = from + vector * COUNT / WIDTH * layout.part();
        int c = vector * COUNT;
        float[] w = weights[vector];
        int tile = EveryRowTile.ROWS;
        for (int done = 0; done < rows; done += tile) {
            int r = Math.max(0, Math.min(done, rows - tile));
            if (stride == 1) {
                EveryRowTile.run(x, start + r * WIDTH, w, 0, bias, c, y, to + r * row + c, row);
            } else {
                EverySecondRowTile.run(x, start + r * 2 * WIDTH, w, 0, bias, c, y, to + r * row + c, row);
            }
        }
    }
}
