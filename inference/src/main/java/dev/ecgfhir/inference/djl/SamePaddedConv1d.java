package dev.ecgfhir.inference.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * A convolution over [batch][channels][samples] whose output has samples / stride values, rounded up.
 *
 * <p>What is missing is padded with zeros, half of it on the left, rounded down.
 */
final class SamePaddedConv1d extends AbstractBlock {
    private final Conv1d conv;
    private final int filters;
    private final int kernel;
    private final int stride;

    SamePaddedConv1d(int filters, int kernel, int stride, int groups) {
        this.filters = filters;
        this.kernel = kernel;
        this.stride = stride;
        conv = addChildBlock(
                "conv",
                Conv1d.builder()
                        .setFilters(filters)
                        .setKernelShape(new Shape(kernel))
                        .optStride(new Shape(stride))
                        .optGroups(groups)
                        .build());
    }

    Conv1d conv() {
        return conv;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDArray x = inputs.singletonOrThrow();
        long missing = missing(x.getShape().get(2));
        if (missing > 0) {
            x = x.pad(new Shape(missing / 2, missing - missing / 2), 0);
        }
        return conv.forward(parameters, new NDList(x), training);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
        conv.initialize(manager, type, shapes[0]);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] shapes) {
        return new Shape[] {new Shape(shapes[0].get(0), filters, outputLength(shapes[0].get(2)))};
    }

    private long outputLength(long samples) {
        return (samples + stride - 1) / stride;
    }

    private long missing(long samples) {
        return Math.max(0, (outputLength(samples) - 1) * stride + kernel - samples);
    }
}
