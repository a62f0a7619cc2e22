package dev.ecgfhir.inference.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.ecgfhir.inference.checkpoint.Architecture;
import dev.ecgfhir.inference.checkpoint.Architecture.Block;
import dev.ecgfhir.inference.checkpoint.Architecture.Weight;
import dev.ecgfhir.inference.checkpoint.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole network as a DJL block: input [batch][leads][samples], outputs logits [batch][labels] and features [batch][features].
 *
 * <p>A forward pass outside of training keeps no gradient and frees the arrays of each block as it goes. Safe for concurrent forward
 * passes with a parameter store each.
 */
final class Net1dBlock extends AbstractBlock {
    private final Architecture architecture;
    private final SamePaddedConv1d first;
    private final List<BottleneckBlock> blocks = new ArrayList<>();
    private final Linear dense;

    Net1dBlock(Architecture architecture) {
        this.architecture = architecture;
        first = addChildBlock(
                "first_conv",
                new SamePaddedConv1d(architecture.baseFilters(), architecture.kernel(), Architecture.STRIDE, 1));
        for (Block block : architecture.blocks()) {
            blocks.add(addChildBlock(block.name().replace('.', '_'), new BottleneckBlock(block, architecture)));
        }
        dense = addChildBlock(
                "dense", Linear.builder().setUnits(architecture.labels()).build());
    }

    /**
     * Sets all weights.
     *
     * @param manager owns the arrays from then on
     * @param network the weights; its architecture is this block's
     * @return the arrays in the order of {@link Architecture#weights()}
     */
    List<NDArray> setWeights(NDManager manager, Network network) {
        WeightNames names = new WeightNames();
        names.add("first_conv.conv", first.conv());
        blocks.forEach(block -> block.addWeights(names));
        names.add("dense", dense);
        Map<String, Parameter> parameters = names.parameters();
        List<NDArray> arrays = new ArrayList<>();
        for (Weight weight : architecture.weights()) {
            Parameter parameter = parameters.remove(weight.name());
            if (parameter == null) {
                throw new IllegalStateException("no block has a place for '" + weight.name() + "'");
            }
            long[] sizes = weight.shape().stream().mapToLong(Long::longValue).toArray();
            NDArray array = manager.create(network.weight(weight.name()), new Shape(sizes));
            parameter.setArray(array);
            arrays.add(array);
        }
        if (!parameters.isEmpty()) {
            throw new IllegalStateException("no weights for " + parameters.keySet());
        }
        return arrays;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDArray x = swish(first.forward(parameters, inputs, training).singletonOrThrow());
        for (BottleneckBlock block : blocks) {
            x = training ? forward(block, parameters, x, true) : forwardAndFree(block, parameters, x);
        }
        NDArray features = x.mean(new int[] {2});
        NDArray logits =
                dense.forward(parameters, new NDList(features), training).singletonOrThrow();
        return new NDList(logits, features);
    }

    /** Runs one block, frees its intermediate arrays and its input. */
    private static NDArray forwardAndFree(BottleneckBlock block, ParameterStore parameters, NDArray x) {
        NDManager manager = x.getManager();
        try (NDManager scope = manager.newSubManager()) {
            x.attach(scope);
            NDArray out = forward(block, parameters, x, false);
            out.attach(manager);
            return out;
        }
    }

    private static NDArray forward(BottleneckBlock block, ParameterStore parameters, NDArray x, boolean training) {
        return block.forward(parameters, new NDList(x), training).singletonOrThrow();
    }

    /** x times its sigmoid; not in place, so that gradients can be taken. */
    static NDArray swish(NDArray x) {
        return x.mul(Activation.sigmoid(x));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
        Shape[] shape = {shapes[0]};
        first.initialize(manager, type, shape);
        shape = first.getOutputShapes(shape);
        for (BottleneckBlock block : blocks) {
            block.initialize(manager, type, shape);
            shape = block.getOutputShapes(shape);
        }
        dense.initialize(manager, type, new Shape(shapes[0].get(0), architecture.features()));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] shapes) {
        long batch = shapes[0].get(0);
        return new Shape[] {new Shape(batch, architecture.labels()), new Shape(batch, architecture.features())};
    }
}
