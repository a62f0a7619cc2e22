package dev.ecgfhir.inference.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.ParameterStore;

/** The network as DJL blocks: one call into PyTorch for each operation. Runs on every device. */
final class BlockForwardPass implements ForwardPass {
    private final Net1dBlock block;

    BlockForwardPass(Net1dBlock block) {
        this.block = block;
    }

    @Override
    public String name() {
        return "DJL blocks";
    }

    @Override
    public NDList run(NDArray input) {
        return block.forward(new ParameterStore(input.getManager(), false), new NDList(input), false);
    }

    @Override
    public void close() {
        // the weights belong to the model's manager
    }
}
