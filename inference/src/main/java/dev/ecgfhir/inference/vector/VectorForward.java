package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Workspace.grown;

import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.Scores;
import dev.ecgfhir.inference.checkpoint.Architecture;
import dev.ecgfhir.inference.checkpoint.Network;
import java.util.Arrays;
import java.util.List;

/**
 * The whole network, for one window at a time. Signals are [rows][channels]: a row holds all channels of one point in time. Immutable
 * and safe to share between threads that have a {@link Workspace} each.
 */
final class VectorForward {
    private final Architecture architecture;
    private final Convolution first;
    private final List<VectorBlock> blocks;
    private final Linear dense;

    VectorForward(Network network) {
        architecture = network.architecture();
        first = new Convolution(
                network.weight("first_conv.conv.weight"),
                network.weight("first_conv.conv.bias"),
                architecture.leads(),
                architecture.leads(),
                1);
        blocks = architecture.blocks().stream()
                .map(block -> new VectorBlock(block, network))
                .toList();
        dense = VectorBlock.linear(network, "dense");
    }

    /** Runs the network. */
    Scores run(ModelInput input, Workspace space) {
        int rows = start(input, space);
        for (VectorBlock block : blocks) {
            rows = block.run(space, rows);
        }
        int row = Lanes.padded(architecture.features());
        space.mean = grown(space.mean, 1, row);
        Rows.mean(space.x, row, rows, space.mean);
        float[] logits = new float[architecture.labels()];
        dense.run(space.mean, logits);
        return Scores.of(logits, Arrays.copyOf(space.mean, architecture.features()));
    }

    private int start(ModelInput input, Workspace space) {
        int leads = input.leads();
        int samples = input.samples();
        space.values = grown(space.values, samples, leads);
        input.copyTo(space.values, 0);
        Padding padding = Padding.of(samples, Architecture.STRIDE, architecture.kernel());
        space.padded = grown(space.padded, padding.bufferRows(), leads);
        for (int lead = 0; lead < leads; lead++) {
            for (int t = 0; t < samples; t++) {
                space.padded[(padding.left() + t) * leads + lead] = space.values[lead * samples + t];
            }
        }
        padding.clear(space.padded, leads);
        int length = padding.length();
        space.x = grown(space.x, length + Padding.SPARE_ROWS, first.ld());
        first.run(space.padded, Architecture.STRIDE * leads, space.x, 0, length);
        Activation.swish(space.x, space.x, 0, length * first.ld());
        return length;
    }
}
