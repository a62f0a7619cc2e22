package dev.ecgfhir.inference.checkpoint;

import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.CheckpointException.Reason;
import dev.ecgfhir.inference.checkpoint.Architecture.Stage;
import dev.ecgfhir.inference.checkpoint.Architecture.Weight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Works out the architecture from the shapes of a state dict, then holds every tensor against it.
 *
 * <p>A few shapes say what the network is; all others must follow from them. Nothing is assumed of the published sizes.
 */
final class ArchitectureReader {
    private static final long MOST_WEIGHTS = 1L << 28; // 1 GiB; the published network has 2^24.9
    private static final int MOST_STAGES = 32;
    private static final int MOST_BLOCKS = 64;
    private static final long LARGEST_SIZE = 1 << 16;

    /** BatchNorm entries: in the checkpoints, never used by the network ({@code use_bn=False}). */
    private static final Pattern UNUSED = Pattern.compile("(first_bn|stage_list\\.\\d+\\.block_list\\.\\d+\\.bn[123])"
            + "\\.(weight|bias|running_mean|running_var|num_batches_tracked)");

    private final String where;
    private final Map<String, TensorView> tensors;

    private ArchitectureReader(String where, Map<String, TensorView> tensors) {
        this.where = where;
        this.tensors = tensors;
    }

    /**
     * Works out the architecture.
     *
     * @param where names the file in messages
     * @param tensors the state dict, every tensor checked against its storage
     * @return the architecture, to which every tensor fits
     */
    static Architecture read(String where, Map<String, TensorView> tensors) {
        ArchitectureReader reader = new ArchitectureReader(where, tensors);
        Architecture architecture = reader.derive();
        reader.compare(architecture);
        return architecture;
    }

    private Architecture derive() {
        List<Long> first = shape("first_conv.conv.weight", 3);
        int kernel = size("first_conv.conv.weight", first, 2);
        int leads = size("first_conv.conv.weight", first, 1);
        if (leads != 1 && leads != 12) {
            throw shape("first_conv.conv.weight", first, "takes " + leads + " leads; expected 12 or 1");
        }
        List<Stage> stages = new ArrayList<>();
        while (has(stages.size(), 0)) {
            stages.add(stage(stages.size()));
            limit("stages", stages.size(), MOST_STAGES);
        }
        if (stages.isEmpty()) {
            throw missing("stage_list.0.block_list.0.conv3.conv.weight");
        }
        String grouped = "stage_list.0.block_list.0.conv2.conv.weight";
        int groupWidth = size(grouped, shape(grouped, 3), 1);
        int labels = size("dense.weight", shape("dense.weight", 2), 0);
        Architecture architecture =
                new Architecture(leads, size("first_conv.conv.weight", first, 0), kernel, groupWidth, stages, labels);
        checkWidths(architecture);
        return architecture;
    }

    private Stage stage(int stage) {
        int blocks = 1;
        while (has(stage, blocks)) {
            blocks++;
            limit("blocks in stage " + stage, blocks, MOST_BLOCKS);
        }
        String last = "stage_list." + stage + ".block_list.0.conv3.conv.weight";
        return new Stage(size(last, shape(last, 3), 0), blocks);
    }

    private boolean has(int stage, int block) {
        String prefix = "stage_list." + stage + ".block_list." + block + ".";
        return tensors.keySet().stream()
                .anyMatch(
                        name -> name.startsWith(prefix) && !UNUSED.matcher(name).matches());
    }

    private void checkWidths(Architecture architecture) {
        for (Architecture.Block block : architecture.blocks()) {
            String name = block.name() + ".conv3.conv.weight";
            if (block.outChannels() < block.inChannels()) {
                throw new CheckpointException(
                        Reason.WRONG_SHAPE,
                        where + ": '" + name + "' makes " + block.outChannels() + " channels of " + block.inChannels()
                                + "; this network never narrows");
            }
            if (block.outChannels() % architecture.groupWidth() != 0 || block.outChannels() < 2) {
                throw new CheckpointException(
                        Reason.WRONG_SHAPE,
                        where + ": '" + name + "' makes " + block.outChannels()
                                + " channels; expected a multiple of the group width " + architecture.groupWidth()
                                + " and at least 2");
            }
        }
    }

    private void compare(Architecture architecture) {
        Set<String> used = new HashSet<>();
        long total = 0;
        for (Weight weight : architecture.weights()) {
            TensorView tensor = tensors.get(weight.name());
            if (tensor == null) {
                throw missing(weight.name());
            }
            if (!tensor.shape().equals(weight.shape())) {
                throw shape(weight.name(), tensor.shape(), "expected " + weight.shape());
            }
            if (!tensor.type().floating()) {
                throw new CheckpointException(
                        Reason.INVALID_TENSOR,
                        where + ": '" + weight.name() + "' holds " + tensor.type()
                                + "; expected a floating-point type");
            }
            used.add(weight.name());
            total += weight.elements();
        }
        if (total > MOST_WEIGHTS) {
            throw new CheckpointException(
                    Reason.TOO_LARGE, where + ": has " + total + " weights; expected at most " + MOST_WEIGHTS);
        }
        for (String name : tensors.keySet()) {
            if (!used.contains(name) && !UNUSED.matcher(name).matches()) {
                throw new CheckpointException(
                        Reason.UNEXPECTED_WEIGHT,
                        where + ": '" + name + "' has no place in a network of "
                                + architecture.stages().size() + " stages with "
                                + architecture.stages().stream()
                                        .map(Stage::blocks)
                                        .toList() + " blocks");
            }
        }
    }

    private List<Long> shape(String name, int dimensions) {
        TensorView tensor = tensors.get(name);
        if (tensor == null) {
            throw missing(name);
        }
        if (tensor.shape().size() != dimensions) {
            throw shape(name, tensor.shape(), "expected " + dimensions + " dimensions");
        }
        return tensor.shape();
    }

    private int size(String name, List<Long> shape, int dimension) {
        long size = shape.get(dimension);
        if (size < 1 || size > LARGEST_SIZE) {
            throw shape(name, shape, "expected sizes in 1.." + LARGEST_SIZE);
        }
        return (int) size;
    }

    private void limit(String what, int count, int most) {
        if (count > most) {
            throw new CheckpointException(
                    Reason.TOO_LARGE,
                    where + ": has more than " + most + " " + what + "; no network of this kind does");
        }
    }

    private CheckpointException missing(String name) {
        return new CheckpointException(
                Reason.MISSING_WEIGHT,
                where + ": '" + name + "' is absent; the network would run with a random value there");
    }

    private CheckpointException shape(String name, List<Long> found, String expected) {
        return new CheckpointException(
                Reason.WRONG_SHAPE, where + ": '" + name + "' has shape " + found + "; " + expected);
    }
}
