package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Workspace.grown;

import dev.ecgfhir.inference.checkpoint.Architecture;
import dev.ecgfhir.inference.checkpoint.Architecture.Block;
import dev.ecgfhir.inference.checkpoint.Network;
import java.util.Arrays;

/**
 * One block of the network: 1x1, grouped and 1x1 convolution, squeeze-and-excitation, and a shortcut around them. Immutable and safe to
 * share between threads.
 */
final class VectorBlock {
    private final boolean first;
    private final boolean halves;
    private final int in;
    private final int out;
    private final int inRow;
    private final int outRow;
    private final int kernel;
    private final Convolution conv1;
    private final Convolution conv2;
    private final Convolution conv3;
    private final Linear squeeze;
    private final Linear excite;

    VectorBlock(Block block, Network network) {
        Architecture architecture = network.architecture();
        first = block.first();
        halves = block.halves();
        in = block.inChannels();
        out = block.outChannels();
        inRow = Lanes.padded(in);
        outRow = Lanes.padded(out);
        kernel = architecture.kernel();
        conv1 = convolution(network, block.name() + ".conv1.conv", in, 1);
        conv2 = convolution(network, block.name() + ".conv2.conv", out, out / architecture.groupWidth());
        conv3 = convolution(network, block.name() + ".conv3.conv", out, 1);
        squeeze = linear(network, block.name() + ".se_fc1");
        excite = linear(network, block.name() + ".se_fc2");
    }

    private static Convolution convolution(Network network, String name, int inputs, int groups) {
        return new Convolution(
                network.weight(name + ".weight"), network.weight(name + ".bias"), inputs, Lanes.padded(inputs), groups);
    }

    static Linear linear(Network network, String name) {
        return new Linear(network.weight(name + ".weight"), network.weight(name + ".bias"));
    }

    /**
     * Runs the block from {@code space.x} to {@code space.x}.
     *
     * @param rows of the input
     * @return rows of the output
     */
    int run(Workspace space, int rows) {
        int stride = halves ? Architecture.STRIDE : 1;
        Padding padding = Padding.of(rows, stride, kernel);
        float[] source = space.x;
        int most = Math.max(inRow, outRow);
        space.inner = grown(space.inner, rows + Padding.SPARE_ROWS, most);
        if (!first) {
            Activation.swish(space.x, space.inner, 0, rows * inRow);
            source = space.inner;
        }
        space.padded = grown(space.padded, padding.bufferRows(), outRow);
        int start = padding.left() * outRow;
        conv1.run(source, inRow, space.padded, start, rows);
        Activation.swish(space.padded, space.padded, start, rows * outRow);
        padding.clear(space.padded, outRow);

        int length = padding.length();
        conv2.run(space.padded, stride * outRow, space.inner, 0, length);
        Activation.swish(space.inner, space.inner, 0, length * outRow);
        space.out = grown(space.out, length + Padding.SPARE_ROWS, outRow);
        conv3.run(space.inner, outRow, space.out, 0, length);
        gate(space, length);
        Rows.scale(space.out, outRow, length, space.gate);
        addShortcut(space.x, rows, space.out, length);
        space.swap();
        return length;
    }

    private void gate(Workspace space, int rows) {
        space.mean = grown(space.mean, 1, outRow);
        space.squeezed = grown(space.squeezed, 1, Lanes.padded(out / 2));
        space.gate = grown(space.gate, 1, outRow);
        Rows.mean(space.out, outRow, rows, space.mean);
        squeeze.run(space.mean, space.squeezed);
        Arrays.fill(space.squeezed, out / 2, Lanes.padded(out / 2), 0);
        Activation.swish(space.squeezed, space.squeezed, 0, out / 2);
        excite.run(space.squeezed, space.gate);
        Activation.sigmoid(space.gate, out);
        Arrays.fill(space.gate, out, outRow, 0);
    }

    /** New channels are zeros, half before, half after; pooling takes a zero where the second value is missing. */
    private void addShortcut(float[] x, int rows, float[] y, int length) {
        int before = (out - in) / 2;
        for (int r = 0; r < length; r++) {
            int to = r * outRow + before;
            if (!halves) {
                Rows.add(x, r * inRow, y, to, in);
            } else if (2 * r + 1 < rows) {
                Rows.addLarger(x, 2 * r * inRow, (2 * r + 1) * inRow, y, to, in);
            } else {
                for (int c = 0; c < in; c++) {
                    y[to + c] += Math.max(x[2 * r * inRow + c], 0);
                }
            }
        }
    }
}
