package dev.ecgfhir.inference.checkpoint;

import java.util.ArrayList;
import java.util.List;

/**
 * The shape of a Net1D network, from which every layer follows.
 *
 * <p>A first convolution, then stages of bottleneck blocks (1x1, grouped, 1x1 convolution, squeeze-and-excitation, shortcut), the
 * mean over time, a linear layer. The first convolution and the first block of each stage halve the length.
 *
 * @param leads channels of the input
 * @param baseFilters channels after the first convolution
 * @param kernel taps of the first and of the grouped convolutions
 * @param groupWidth channels in a group of the grouped convolutions
 * @param stages stages in order
 * @param labels outputs of the last layer
 *
 * <h2>References</h2>
 * Hong et al., net1d, as used by ECGFounder (PKUDigitalHealth/ECGFounder, commit 04edac7, {@code net1d.py}), with
 * {@code ratio=1}, {@code stride=2}, {@code use_bn=False}, {@code use_do=False}.
 */
public record Architecture(int leads, int baseFilters, int kernel, int groupWidth, List<Stage> stages, int labels) {
    /** Steps by which the first convolution and the first block of each stage shorten the signal. */
    public static final int STRIDE = 2;

    /** Copies the list. */
    public Architecture {
        stages = List.copyOf(stages);
    }

    /** Returns the channels of the last stage, which are the features. */
    public int features() {
        return stages.get(stages.size() - 1).filters();
    }

    /** Returns all blocks in order. */
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        int channels = baseFilters;
        for (int s = 0; s < stages.size(); s++) {
            for (int b = 0; b < stages.get(s).blocks(); b++) {
                blocks.add(new Block(s, b, channels, stages.get(s).filters()));
                channels = stages.get(s).filters();
            }
        }
        return blocks;
    }

    /** Returns every weight that the network uses, in the order of the forward pass. */
    public List<Weight> weights() {
        List<Weight> weights = new ArrayList<>();
        weights.add(Weight.of("first_conv.conv.weight", baseFilters, leads, kernel));
        weights.add(Weight.of("first_conv.conv.bias", baseFilters));
        for (Block block : blocks()) {
            String name = block.name();
            int out = block.outChannels();
            weights.add(Weight.of(name + ".conv1.conv.weight", out, block.inChannels(), 1));
            weights.add(Weight.of(name + ".conv1.conv.bias", out));
            weights.add(Weight.of(name + ".conv2.conv.weight", out, groupWidth, kernel));
            weights.add(Weight.of(name + ".conv2.conv.bias", out));
            weights.add(Weight.of(name + ".conv3.conv.weight", out, out, 1));
            weights.add(Weight.of(name + ".conv3.conv.bias", out));
            weights.add(Weight.of(name + ".se_fc1.weight", out / 2, out));
            weights.add(Weight.of(name + ".se_fc1.bias", out / 2));
            weights.add(Weight.of(name + ".se_fc2.weight", out, out / 2));
            weights.add(Weight.of(name + ".se_fc2.bias", out));
        }
        weights.add(Weight.of("dense.weight", labels, features()));
        weights.add(Weight.of("dense.bias", labels));
        return weights;
    }

    /**
     * One stage.
     *
     * @param filters channels that its blocks put out
     * @param blocks its blocks; the first one halves the length
     */
    public record Stage(int filters, int blocks) {}

    /**
     * One block.
     *
     * @param stage its stage, from 0
     * @param index its place in the stage, from 0
     * @param inChannels channels that come in
     * @param outChannels channels that go out, as many or more
     */
    public record Block(int stage, int index, int inChannels, int outChannels) {
        /** Returns its name in the state dict, for example {@code stage_list.0.block_list.1}. */
        public String name() {
            return "stage_list." + stage + ".block_list." + index;
        }

        /** Returns true for the very first block, which has no swish before its first convolution. */
        public boolean first() {
            return stage == 0 && index == 0;
        }

        /** Returns true if the block halves the length. */
        public boolean halves() {
            return index == 0;
        }
    }

    /**
     * A weight that the network uses.
     *
     * @param name its key in the state dict
     * @param shape sizes of its dimensions, C order
     */
    public record Weight(String name, List<Long> shape) {
        /** Copies the list. */
        public Weight {
            shape = List.copyOf(shape);
        }

        private static Weight of(String name, int... sizes) {
            List<Long> shape = new ArrayList<>(sizes.length);
            for (int size : sizes) {
                shape.add((long) size);
            }
            return new Weight(name, shape);
        }

        /** Returns the number of values. */
        public long elements() {
            return shape.stream().reduce(1L, Math::multiplyExact);
        }
    }
}
