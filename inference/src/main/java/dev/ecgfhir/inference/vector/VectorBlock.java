package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Workspace.grown;

import dev.ecgfhir.inference.Precision;
import dev.ecgfhir.inference.checkpoint.Architecture;
import dev.ecgfhir.inference.checkpoint.Architecture.Block;
import dev.ecgfhir.inference.checkpoint.Network;
import java.util.Arrays;

/**
 * One block of the network: 1x1, grouped and 1x1 convolution, squeeze-and-excitation, and a shortcut around them, for one or several
 * records at a time: a panel of weights that is loaded serves them all. Immutable and safe to share between threads.
 */
final class VectorBlock {
    /** Outputs of a linear layer from which its panels are shared out. */
    private static final int MANY_OUTPUTS = 192;

    private final boolean first;
    private final boolean halves;
    private final int in;
    private final int out;
    private final int inRow;
    private final int outRow;
    private final int columns; // of a row that are computed
    private final int kernel;
    private final Convolution conv1;
    private final Groups conv2;
    private final Convolution conv3;
    private final Linear squeeze;
    private final Linear excite;

    VectorBlock(Block block, Network network, Precision precision) {
        Architecture architecture = network.architecture();
        first = block.first();
        halves = block.halves();
        in = block.inChannels();
        out = block.outChannels();
        inRow = Lanes.row(in);
        outRow = Lanes.row(out);
        columns = Lanes.padded(out);
        kernel = architecture.kernel();
        String name = block.name();
        conv1 = convolution(network, name + ".conv1.conv", in, precision);
        conv2 = Groups.of(
                network.weight(name + ".conv2.conv.weight"),
                network.weight(name + ".conv2.conv.bias"),
                out / architecture.groupWidth(),
                stride());
        conv3 = convolution(network, name + ".conv3.conv", out, precision);
        squeeze = linear(network, name + ".se_fc1", precision);
        excite = linear(network, name + ".se_fc2", precision);
    }

    private static Convolution convolution(Network network, String name, int inputs, Precision precision) {
        return new Convolution(network.weight(name + ".weight"), network.weight(name + ".bias"), inputs, precision);
    }

    static Linear linear(Network network, String name, Precision precision) {
        return new Linear(network.weight(name + ".weight"), network.weight(name + ".bias"), precision);
    }

    private int stride() {
        return halves ? Architecture.STRIDE : 1;
    }

    /** Returns the floats in a row of the input. */
    int inRow() {
        return inRow;
    }

    /** Returns the bytes of the largest weights. */
    long weightBytes() {
        return conv3.bytes();
    }

    /**
     * Runs the block from {@code space.x} and its swish {@code space.swished} to the same.
     *
     * @param team shares the work
     * @param rows of the input
     * @param records how many lie in the buffers one after another
     * @return rows of the output
     */
    int run(Workspace space, Team team, int rows, int records) {
        Padding padding = Padding.of(rows, stride(), kernel);
        int length = padding.length();
        float[] source = first ? space.x : space.swished;
        Layout layout = conv2.layout(padding);
        space.padded = grown(space.padded, records, layout.size());
        float[] padded = space.padded;
        space.differences = grown(space.differences, 1, padded.length);
        float[] differences = space.differences;
        Pieces pieces = new Pieces(rows, conv1.panels());
        team.each(pieces.count(), i -> {
            for (int p = pieces.firstPanel(i); p < pieces.lastPanel(i); p++) {
                float[] w = conv1.weights(p);
                for (int r = 0; r < records; r++) {
                    int row = pieces.firstRow(i);
                    int to = r * layout.size() + (padding.left() + row) * layout.width();
                    int from = (r * rows + row) * inRow;
                    conv1.run(source, from, inRow, padded, to, layout, pieces.rows(i), p, w);
                    layout.swish(padded, to, pieces.rows(i), 2 * p, 2 * p + 2);
                }
            }
        });
        for (int r = 0; r < records; r++) {
            padding.clear(padded, r * layout.size(), layout);
        }

        space.swished = grown(space.swished, (long) records * length + Padding.SPARE_ROWS, outRow);
        float[] grouped = space.swished;
        team.each(conv2.vectors(), v -> {
            for (int r = 0; r < records; r++) {
                int to = r * length * outRow;
                conv2.run(padded, differences, r * layout.size(), layout, grouped, to, outRow, length, v);
                Activation.swishColumn(grouped, to + v * Lanes.COUNT, outRow, length);
            }
        });
        space.out = grown(space.out, (long) records * length + Padding.SPARE_ROWS, outRow);
        float[] output = space.out;
        Layout plain = Layout.plain(outRow);
        Pieces outPieces = new Pieces(length, conv3.panels());
        team.each(outPieces.count(), i -> {
            for (int p = outPieces.firstPanel(i); p < outPieces.lastPanel(i); p++) {
                float[] w = conv3.weights(p);
                for (int r = 0; r < records; r++) {
                    int at = (r * length + outPieces.firstRow(i)) * outRow;
                    conv3.run(grouped, at, outRow, output, at, plain, outPieces.rows(i), p, w);
                }
            }
        });
        gate(space, team, length, records);
        finish(space, team, rows, length, records);
        space.swap();
        return length;
    }

    private void gate(Workspace space, Team team, int rows, int records) {
        int half = Lanes.padded(squeeze.outputs());
        int lines = records + Linear.SPARE_ROWS;
        space.mean = grown(space.mean, lines, outRow);
        space.squeezed = grown(space.squeezed, lines, half);
        space.gate = grown(space.gate, lines, outRow);
        float[] mean = space.mean;
        float[] squeezed = space.squeezed;
        float[] gate = space.gate;
        for (int r = 0; r < records; r++) {
            Rows.mean(space.out, r * rows * outRow, outRow, rows, mean, r * outRow, 0, columns / Lanes.COUNT);
        }
        linear(squeeze, mean, outRow, squeezed, half, team, records);
        for (int r = 0; r < records; r++) {
            Activation.swish(squeezed, r * half, squeezed, r * half, half);
        }
        linear(excite, squeezed, half, gate, outRow, team, records);
        for (int r = 0; r < records; r++) {
            Activation.sigmoid(gate, r * outRow, out);
            Arrays.fill(gate, r * outRow + out, r * outRow + columns, 0);
        }
    }

    private static void linear(Linear layer, float[] x, int xRow, float[] y, int row, Team team, int records) {
        int panels = layer.panels();
        if (layer.outputs() < MANY_OUTPUTS) {
            layer.run(x, xRow, y, row, records, 0, panels);
        } else {
            team.each(panels, p -> layer.run(x, xRow, y, row, records, p, p + 1));
        }
    }

    private void finish(Workspace space, Team team, int rows, int length, int records) {
        float[] x = space.x;
        float[] y = space.out;
        float[] swish = space.swished;
        float[] gate = space.gate;
        int pieces = Math.min(8, length);
        team.each(pieces, i -> {
            for (int r = 0; r < records; r++) {
                for (int t = length * i / pieces; t < length * (i + 1) / pieces; t++) {
                    int at = (r * length + t) * outRow;
                    if (!halves && in == out) {
                        Rows.scaleAndAdd(y, at, gate, r * outRow, x, (r * rows + t) * inRow, columns);
                    } else {
                        Rows.scale(y, at, gate, r * outRow, columns);
                        addShortcut(x, r * rows * inRow, rows, t, y, at);
                    }
                    Activation.swish(y, at, swish, at, columns);
                }
            }
        });
    }

    /** New channels are zeros, half before, half after; pooling takes a zero where the second value is missing. */
    private void addShortcut(float[] x, int start, int rows, int t, float[] y, int at) {
        int to = at + (out - in) / 2;
        if (!halves) {
            Rows.add(x, start + t * inRow, y, to, in);
        } else if (2 * t + 1 < rows) {
            Rows.addLarger(x, start + 2 * t * inRow, start + (2 * t + 1) * inRow, y, to, in);
        } else {
            for (int c = 0; c < in; c++) {
                y[to + c] += Math.max(x[start + 2 * t * inRow + c], 0);
            }
        }
    }
}
