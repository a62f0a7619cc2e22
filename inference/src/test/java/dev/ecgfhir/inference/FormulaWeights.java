package dev.ecgfhir.inference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ecgfhir.inference.checkpoint.Architecture;
import dev.ecgfhir.inference.checkpoint.Architecture.Weight;
import dev.ecgfhir.inference.checkpoint.TorchFile;
import dev.ecgfhir.inference.checkpoint.TorchFile.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Networks with weights by the formula of {@code fixtures/full/full.json}, among them the one of the published size.
 *
 * <p>BatchNorm entries, which the network never uses, get the value 7, so that applying them by mistake would show.
 */
final class FormulaWeights {
    private FormulaWeights() {}

    /** Writes a checkpoint with every key of {@code state-dict-N-lead.json}, used or not. */
    static void write(Path file, int leads) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (JsonNode entry : Fixtures.json("full/state-dict-" + leads + "-lead.json")) {
            List<Long> shape = new ArrayList<>();
            entry.get("shape").forEach(size -> shape.add(size.asLong()));
            String key = entry.get("key").asText();
            tensors.put(key, new Tensor(shape, entry.get("used").asBoolean() ? values(key, shape) : sevens(shape)));
        }
        TorchFile.write(file, tensors);
    }

    /** Writes a checkpoint of another size, without BatchNorm entries. */
    static void write(Path file, Architecture architecture) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Weight weight : architecture.weights()) {
            tensors.put(weight.name(), new Tensor(weight.shape(), values(weight.name(), weight.shape())));
        }
        TorchFile.write(file, tensors);
    }

    static float[] values(String key, List<Long> shape) {
        int count = count(shape);
        double scale = shape.size() == 1 ? 0.05 : gain(key) * Math.sqrt(3.0 * shape.get(0) / count);
        long hash = 0xcbf29ce484222325L; // FNV-1a
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            long z = hash + (i + 1) * 0x9E3779B97F4A7C15L;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            z = z ^ (z >>> 31);
            values[i] = (float) (((z >>> 40) - 8388608) / 8388608.0 * scale);
        }
        return values;
    }

    private static double gain(String key) {
        if (key.startsWith("dense")) {
            return 0.75;
        }
        return key.contains(".se_fc") ? 3.0 : key.startsWith("first_conv") ? 1.5 : 1.2;
    }

    private static float[] sevens(List<Long> shape) {
        float[] sevens = new float[count(shape)];
        Arrays.fill(sevens, 7);
        return sevens;
    }

    private static int count(List<Long> shape) {
        return Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
    }
}
