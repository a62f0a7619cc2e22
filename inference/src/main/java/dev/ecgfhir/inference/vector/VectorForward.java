package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Workspace.grown;

import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.Precision;
import dev.ecgfhir.inference.Scores;
import dev.ecgfhir.inference.checkpoint.Architecture;
import dev.ecgfhir.inference.checkpoint.Network;
import java.util.Arrays;
import java.util.List;

/**
 * The whole network, for one or a few windows at a time. Signals are [rows][channels]: a row holds all channels of one point in time.
 * Blocks with small weights and long signals run window by window, so that the signal stays in the cache; blocks with large weights run for
 * all windows together, so that the weights are read once. Immutable and safe to share between threads that have a {@link Workspace}
 * each.
 */
final class VectorForward {
    private final Architecture architecture;
    private final Convolution first;
    private final List<VectorBlock> early;
    private final List<VectorBlock> late;
    private final Linear dense;

    /**
     * Packs the weights.
     *
     * @param network already rounded
     * @param precision what to
     */
    VectorForward(Network network, Precision precision) {
        architecture = network.architecture();
        first = new Convolution(
                network.weight("first_conv.conv.weight"),
                network.weight("first_conv.conv.bias"),
                architecture.leads(),
                precision);
        List<VectorBlock> blocks = architecture.blocks().stream()
                .map(block -> new VectorBlock(block, network, precision))
                .toList();
        int border = 0;
        while (border < blocks.size() && blocks.get(border).weightBytes() < WeightStore.LARGE_BYTES) {
            border++;
        }
        early = blocks.subList(0, border);
        late = blocks.subList(border, blocks.size());
        dense = VectorBlock.linear(network, "dense", precision);
    }

    /**
     * Runs the network.
     *
     * @param inputs windows of the same number of samples
     * @param space its buffers grow with the number of windows
     * @param team shares the work
     * @return one element for each input, in order
     */
    Scores[] run(List<ModelInput> inputs, Workspace space, Team team) {
        int records = inputs.size();
        Workspace joined = records == 1 ? space : space.joined();
        int rows = 0;
        for (int r = 0; r < records; r++) {
            rows = start(inputs.get(r), space, team);
            for (VectorBlock block : early) {
                rows = block.run(space, team, rows, 1);
            }
            if (records > 1) {
                join(space, joined, rows, r, records);
            }
        }
        for (VectorBlock block : late) {
            rows = block.run(joined, team, rows, records);
        }
        return finish(joined, rows, records);
    }

    private int start(ModelInput input, Workspace space, Team team) {
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
        padding.clear(space.padded, 0, Layout.plain(leads));
        int length = padding.length();
        Layout layout = Layout.plain(row(early.isEmpty() ? late : early));
        space.x = grown(space.x, length + Padding.SPARE_ROWS, layout.width());
        Pieces pieces = new Pieces(length, first.panels());
        float[] x = space.x;
        float[] padded = space.padded;
        team.each(pieces.count(), i -> {
            int from = pieces.firstRow(i) * Architecture.STRIDE * leads;
            int to = pieces.firstRow(i) * layout.width();
            for (int p = pieces.firstPanel(i); p < pieces.lastPanel(i); p++) {
                first.run(
                        padded, from, Architecture.STRIDE * leads, x, to, layout, pieces.rows(i), p, first.weights(p));
            }
            layout.swish(x, to, pieces.rows(i), 2 * pieces.firstPanel(i), 2 * pieces.lastPanel(i));
        });
        return length;
    }

    private static int row(List<VectorBlock> blocks) {
        return blocks.get(0).inRow();
    }

    /** Puts what one window has become beside the others. */
    private void join(Workspace from, Workspace to, int rows, int record, int records) {
        int row = late.isEmpty() ? Lanes.row(architecture.features()) : row(late);
        int size = rows * row;
        to.x = grownKeeping(to.x, (long) records * rows + Padding.SPARE_ROWS, row);
        System.arraycopy(from.x, 0, to.x, record * size, size);
        if (!early.isEmpty()) {
            to.swished = grownKeeping(to.swished, (long) records * rows + Padding.SPARE_ROWS, row);
            System.arraycopy(from.swished, 0, to.swished, record * size, size);
        }
    }

    private static float[] grownKeeping(float[] buffer, long rows, int row) {
        float[] grown = grown(buffer, rows, row);
        return grown == buffer ? buffer : Arrays.copyOf(buffer, grown.length);
    }

    private Scores[] finish(Workspace space, int rows, int records) {
        int row = Lanes.row(architecture.features());
        int columns = Lanes.padded(architecture.features());
        int labels = Lanes.padded(architecture.labels());
        space.mean = grown(space.mean, records + Linear.SPARE_ROWS, row);
        float[] logits = new float[(records + Linear.SPARE_ROWS) * labels];
        for (int r = 0; r < records; r++) {
            Rows.mean(space.x, r * rows * row, row, rows, space.mean, r * row, 0, columns / Lanes.COUNT);
        }
        dense.run(space.mean, row, logits, labels, records, 0, dense.panels());
        Scores[] scores = new Scores[records];
        for (int r = 0; r < records; r++) {
            scores[r] = Scores.of(
                    Arrays.copyOfRange(logits, r * labels, r * labels + architecture.labels()),
                    Arrays.copyOfRange(space.mean, r * row, r * row + architecture.features()));
        }
        return scores;
    }
}
