package dev.ecgfhir.inference.checkpoint;

import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.CheckpointException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a checkpoint: container, tensors, architecture, weights. Stateless.
 *
 * <p>Containers: the zip form of {@code torch.save}, its form before 1.6, and safetensors. Names with and without the prefix
 * {@code module.}; the state dict bare or under {@code state_dict}. Weights in float16, bfloat16 and float64 are converted to
 * float32. Of weights that the network does not use only place and size are checked, not the values.
 */
public final class CheckpointReader {
    private static final String PREFIX = "module.";
    private static final int HEAD = 64;

    private CheckpointReader() {}

    /**
     * Reads and checks a checkpoint. Executes nothing and writes nothing; time and memory are bounded by the file's size.
     *
     * @param file a checkpoint
     * @return the network
     * @throws CheckpointException if the file cannot be read or is no network of this kind; the message names file and cause
     */
    public static Network read(Path file) {
        String where = file.toString();
        try {
            if (!Files.isRegularFile(file)) {
                throw new CheckpointException(
                        Reason.UNREADABLE, "no weights at " + where + "; the file must exist and be readable");
            }
            long size = Files.size(file);
            FileTime modified = Files.getLastModifiedTime(file);
            Network network;
            try (StateDict dict = open(file)) {
                network = read(where, size, dict, FileHash.sha256(file));
            }
            if (Files.size(file) != size || !Files.getLastModifiedTime(file).equals(modified)) {
                throw new CheckpointException(Reason.UNREADABLE, where + ": was changed while it was being read");
            }
            return network;
        } catch (IOException e) {
            throw new CheckpointException(Reason.UNREADABLE, where + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static StateDict open(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        if (head.length == 0) {
            throw new CheckpointException(Reason.NOT_A_CHECKPOINT, file + ": is empty");
        }
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors") || (head.length > 8 && head[8] == '{')) {
            return SafetensorsContainer.open(file);
        }
        if (head[0] == 'P' && head.length > 1 && head[1] == 'K') {
            return ZipContainer.open(file);
        }
        if (head[0] == (byte) 0x80) {
            return LegacyContainer.open(file);
        }
        String hint = new String(head, StandardCharsets.ISO_8859_1).startsWith("version https://git-lfs")
                ? "is a Git LFS pointer, not the file itself"
                : "does not begin like a torch checkpoint or a safetensors file";
        throw new CheckpointException(Reason.NOT_A_CHECKPOINT, file + ": " + hint);
    }

    private static Network read(String where, long size, StateDict dict, String sha256) throws IOException {
        Map<String, TensorView> tensors = withoutPrefix(where, dict.tensors());
        long claimed = 0;
        for (Map.Entry<String, TensorView> entry : tensors.entrySet()) {
            TensorView tensor = entry.getValue();
            tensor.check(where + ", tensor '" + entry.getKey() + "'");
            claimed += tensor.elements() * tensor.type().bytes();
            if (claimed > size) {
                throw new CheckpointException(
                        Reason.INVALID_TENSOR,
                        where + ": the tensors up to '" + entry.getKey() + "' claim " + claimed
                                + " bytes, the file has " + size);
            }
        }
        Architecture architecture = ArchitectureReader.read(where, tensors);
        Map<String, float[]> weights = weights(where, dict, tensors, architecture);
        long used = weights.values().stream().mapToLong(values -> values.length).sum();
        long all = tensors.values().stream().mapToLong(TensorView::elements).sum();
        return new Network(architecture, weights, all - used, sha256);
    }

    /** Reads every storage once, whatever the order of the tensors in them. */
    private static Map<String, float[]> weights(
            String where, StateDict dict, Map<String, TensorView> tensors, Architecture architecture)
            throws IOException {
        Map<String, List<String>> byStorage = new LinkedHashMap<>();
        for (Architecture.Weight weight : architecture.weights()) {
            String storage = view(tensors, weight.name()).storage();
            byStorage.computeIfAbsent(storage, key -> new ArrayList<>()).add(weight.name());
        }
        Map<String, float[]> weights = new HashMap<>();
        for (Map.Entry<String, List<String>> entry : byStorage.entrySet()) {
            TensorView any = view(tensors, entry.getValue().get(0));
            long length = Math.multiplyExact(any.storageElements(), any.type().bytes());
            ByteBuffer storage = dict.storage(entry.getKey(), length);
            for (String name : entry.getValue()) {
                float[] values = view(tensors, name).read(storage);
                checkFinite(where, name, values);
                weights.put(name, values);
            }
        }
        return weights;
    }

    private static TensorView view(Map<String, TensorView> tensors, String name) {
        TensorView view = tensors.get(name);
        if (view == null) {
            throw new IllegalStateException("'" + name + "' was there when the architecture was read");
        }
        return view;
    }

    private static void checkFinite(String where, String name, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new CheckpointException(
                        Reason.NOT_FINITE,
                        where + ": '" + name + "' holds " + values[i] + " at element " + i
                                + "; every weight must be finite");
            }
        }
    }

    private static Map<String, TensorView> withoutPrefix(String where, Map<String, TensorView> tensors) {
        long prefixed = tensors.keySet().stream()
                .filter(name -> name.startsWith(PREFIX))
                .count();
        if (prefixed == 0) {
            return tensors;
        }
        if (prefixed < tensors.size()) {
            throw new CheckpointException(
                    Reason.UNEXPECTED_WEIGHT,
                    where + ": " + prefixed + " of " + tensors.size() + " tensors are prefixed by '" + PREFIX
                            + "'; expected all or none");
        }
        Map<String, TensorView> stripped = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> stripped.put(name.substring(PREFIX.length()), tensor));
        return stripped;
    }
}
