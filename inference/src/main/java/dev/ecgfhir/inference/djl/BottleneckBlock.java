package dev.ecgfhir.inference.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.ecgfhir.inference.checkpoint.Architecture;
import dev.ecgfhir.inference.checkpoint.Architecture.Block;
import org.jspecify.annotations.Nullable;

/**
 * One block of the network: 1x1, grouped and 1x1 convolution, squeeze-and-excitation, and a shortcut around them.
 *
 * <p>The traps of the reference are kept: pooling pads one zero on the right, new channels are zeros on both sides, and the very
 * first block has no swish before its first convolution.
 */
final class BottleneckBlock extends AbstractBlock {
    private final Block block;
    private final SamePaddedConv1d conv1;
    private final SamePaddedConv1d conv2;
    private final SamePaddedConv1d conv3;
    private final Linear squeeze;
    private final Linear excite;

    BottleneckBlock(Block block, Architecture architecture) {
        this.block = block;
        int channels = block.outChannels();
        int stride = block.halves() ? Architecture.STRIDE : 1;
        conv1 = addChildBlock("conv1", new SamePaddedConv1d(channels, 1, 1, 1));
        conv2 = addChildBlock(
                "conv2",
                new SamePaddedConv1d(channels, architecture.kernel(), stride, channels / architecture.groupWidth()));
        conv3 = addChildBlock("conv3", new SamePaddedConv1d(channels, 1, 1, 1));
        squeeze =
                addChildBlock("se_fc1", Linear.builder().setUnits(channels / 2).build());
        excite = addChildBlock("se_fc2", Linear.builder().setUnits(channels).build());
    }

    void addWeights(WeightNames names) {
        names.add(block.name() + ".conv1.conv", conv1.conv());
        names.add(block.name() + ".conv2.conv", conv2.conv());
        names.add(block.name() + ".conv3.conv", conv3.conv());
        names.add(block.name() + ".se_fc1", squeeze);
        names.add(block.name() + ".se_fc2", excite);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDArray x = inputs.singletonOrThrow(); // [batch][in channels][samples]
        NDArray out = block.first() ? x : Net1dBlock.swish(x);
        out = Net1dBlock.swish(apply(conv1, out, parameters, training));
        out = Net1dBlock.swish(apply(conv2, out, parameters, training));
        out = apply(conv3, out, parameters, training);
        NDArray gate = Net1dBlock.swish(apply(squeeze, out.mean(new int[] {2}), parameters, training));
        gate = Activation.sigmoid(apply(excite, gate, parameters, training)).expandDims(2);
        return new NDList(out.mul(gate).add(shortcut(x)));
    }

    private NDArray shortcut(NDArray x) {
        NDArray shortcut = x;
        if (block.halves()) {
            shortcut =
                    Pool.maxPool1d(shortcut.pad(new Shape(0, 1), 0), new Shape(2), new Shape(2), new Shape(0), false);
        }
        int added = block.outChannels() - block.inChannels();
        if (added > 0) {
            shortcut = shortcut.pad(new Shape(0, 0, added / 2, added - added / 2), 0);
        }
        return shortcut;
    }

    private static NDArray apply(ai.djl.nn.Block child, NDArray x, ParameterStore parameters, boolean training) {
        return child.forward(parameters, new NDList(x), training).singletonOrThrow();
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
        Shape inner = new Shape(shapes[0].get(0), block.outChannels(), shapes[0].get(2));
        Shape channels = new Shape(shapes[0].get(0), block.outChannels());
        conv1.initialize(manager, type, shapes[0]);
        conv2.initialize(manager, type, inner);
        conv3.initialize(manager, type, inner);
        squeeze.initialize(manager, type, channels);
        excite.initialize(manager, type, new Shape(shapes[0].get(0), block.outChannels() / 2));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] shapes) {
        Shape inner = new Shape(shapes[0].get(0), block.outChannels(), shapes[0].get(2));
        return conv2.getOutputShapes(new Shape[] {inner});
    }
}
