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

    /** Steps of each loop of a tile, which takes half the taps. */
    static final int STEPS = WIDTH * TAPS / 2 / TOGETHER;

    /** Weights of each of these loops. */
    static final int PART = WIDTH * TAPS / 2 * COUNT;

    /** Rows that tiles of pairs compute no faster than others do. */
    private static final int FEW_ROWS = 2 * EveryRowTile.ROWS;

    private final int stride;
    private final float[] bias;
    private final float[][] weights; // [vector][lower + upper, lower, -upper taps][tap % 2][channel][tap / 2][lanes]

    TapGroups(float[] weight, float[] bias, int stride) {
        this.stride = stride;
        this.bias = bias.clone();
        weights = new float[bias.length / COUNT][3 * PART];
        for (int o = 0; o < bias.length; o++) {
            for (int channel = 0; channel < WIDTH; channel++) {
                int from = (o * WIDTH + channel) * TAPS;
                for (int tap = 0; tap < TAPS / 2; tap++) {
                    float lower = weight[from + tap];
                    float upper = weight[from + tap + TAPS / 2];
                    int at = place(tap, channel) + o % COUNT;
                    weights[o / COUNT][at] = lower + upper;
                    weights[o / COUNT][PART + at] = lower;
                    weights[o / COUNT][2 * PART + at] = -upper;
                }
            }
        }
    }

    /** Four taps of a channel lie together, two apart. */
    private static int place(int tap, int channel) {
        int apart = TAPS / 2 / TOGETHER;
        return ((tap % apart * WIDTH + channel) * TOGETHER + tap / apart) * COUNT;
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
    public void run(
            float[] x, float[] scratch, int from, Layout layout, float[] y, int to, int row, int rows, int vector) {
        int start = from + vector * COUNT / WIDTH * layout.part();
        int c = vector * COUNT;
        int done = 0;
        if (rows > FEW_ROWS && Lanes.MANY_REGISTERS) {
            done = pairs(x, scratch, start, layout, y, to + c, row, rows, vector);
        }
        float[] w = weights[vector];
        int tile = EveryRowTile.ROWS;
        for (; done < rows; done += tile) {
            int r = Math.max(0, Math.min(done, rows - tile));
            if (stride == 1) {
                EveryRowTile.run(x, start + r * WIDTH, w, bias, c, y, to + r * row + c, row);
            } else {
                EverySecondRowTile.run(x, start + r * 2 * WIDTH, w, bias, c, y, to + r * row + c, row);
            }
        }
    }

    /** Computes rows from the first one on in whole tiles of pairs, all rows if the rest is too long for one other tile; returns how many. */
    private int pairs(
            float[] x, float[] d, int start, Layout layout, float[] y, int to, int row, int rows, int vector) {
        int tile = EveryRowPairs.ROWS;
        int rest = rows % tile;
        int end = rest > EveryRowTile.ROWS ? rows : rows - rest;
        int apart = TAPS / 2 * WIDTH;
        Rows.subtract(x, start, start + apart, d, start, layout.part() - apart);
        float[] w = weights[vector];
        for (int done = 0; done < end; done += tile) {
            int r = Math.min(done, rows - tile);
            if (stride == 1) {
                EveryRowPairs.run(x, start + r * WIDTH, d, w, bias, vector * COUNT, y, to + r * row, row);
            } else {
                EverySecondRowPairs.run(x, start + r * 2 * WIDTH, d, w, bias, vector * COUNT, y, to + r * row, row);
            }
        }
        return end;
    }
}
