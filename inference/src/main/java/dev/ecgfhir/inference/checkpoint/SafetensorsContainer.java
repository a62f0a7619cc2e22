package dev.ecgfhir.inference.checkpoint;

import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.CheckpointException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A state dict in safetensors form: the header's length (64 bits), the header (JSON), the bytes of all tensors.
 *
 * <h2>References</h2>
 * The format's rules as its authors state them: the tensors cover the data without overlap and without holes.
 */
final class SafetensorsContainer {
    private static final int LARGEST_HEADER = 2 << 20;

    private SafetensorsContainer() {}

    /** Opens and checks the container. */
    static StateDict open(Path file) throws IOException {
        String where = file.toString();
        FileChannel channel = FileChannel.open(file);
        try {
            long length = Channels.read(where, channel, 0, 8).getLong();
            if (length < 2 || length > LARGEST_HEADER || length > channel.size() - 8) {
                throw new CheckpointException(
                        Reason.DAMAGED,
                        where + ": the safetensors header claims " + Long.toUnsignedString(length)
                                + " bytes; expected 2.." + Math.min(LARGEST_HEADER, channel.size() - 8));
            }
            String header;
            try {
                header = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(Channels.read(where, channel, 8, length))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new CheckpointException(Reason.DAMAGED, where + ": the safetensors header is not UTF-8", e);
            }
            Map<String, Long> positions = new LinkedHashMap<>();
            Map<String, TensorView> tensors =
                    tensors(where, HeaderJson.parse(where, header), channel.size() - 8 - length, positions);
            positions.replaceAll((name, begin) -> begin + 8 + length);
            return new PositionedStateDict(where, channel, positions, tensors);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Map<String, TensorView> tensors(
            String where, Map<String, Object> header, long dataBytes, Map<String, Long> positions) {
        Map<String, TensorView> tensors = new LinkedHashMap<>();
        TreeMap<Long, Long> ends = new TreeMap<>();
        header.forEach((name, value) -> {
            if (name.equals("__metadata__")) {
                return;
            }
            String which = where + ", tensor '" + name + "'";
            if (!(value instanceof Map<?, ?> entry
                    && entry.get("dtype") instanceof String dtype
                    && entry.get("shape") instanceof List<?> sizes
                    && entry.get("data_offsets") instanceof List<?> offsets)) {
                throw new CheckpointException(
                        Reason.DAMAGED, which + ": its header entry needs dtype, shape and data_offsets");
            }
            ElementType type = ElementType.ofSafetensors(dtype);
            if (type == null) {
                throw new CheckpointException(
                        Reason.UNSUPPORTED,
                        which + ": dtype '" + dtype + "' is not known; expected F32, F16, BF16 or F64");
            }
            List<Long> shape = naturals(which, sizes);
            List<Long> range = naturals(which, offsets);
            if (range.size() != 2 || range.get(0) > range.get(1) || range.get(1) > dataBytes) {
                throw new CheckpointException(
                        Reason.DAMAGED,
                        which + ": data_offsets " + range + " do not lie in the " + dataBytes + " bytes of data");
            }
            long length = range.get(1) - range.get(0);
            TensorView tensor = new TensorView(type, name, length / type.bytes(), 0, shape, contiguous(which, shape));
            tensor.check(which);
            if (tensor.elements() * type.bytes() != length) {
                throw new CheckpointException(
                        Reason.DAMAGED,
                        which + ": shape " + shape + " of " + dtype + " does not fill the " + length
                                + " bytes of its data_offsets");
            }
            if (length > 0 && ends.put(range.get(0), range.get(1)) != null) {
                throw overlap(which);
            }
            positions.put(name, range.get(0));
            tensors.put(name, tensor);
        });
        if (tensors.isEmpty()) {
            throw new CheckpointException(Reason.NO_STATE_DICT, where + ": the state dict is empty");
        }
        long end = 0;
        for (Map.Entry<Long, Long> range : ends.entrySet()) {
            if (range.getKey() != end) {
                throw overlap(where + ", data from byte " + range.getKey());
            }
            end = range.getValue();
        }
        if (end != dataBytes) {
            throw new CheckpointException(
                    Reason.DAMAGED,
                    where + ": the tensors end at byte " + end + " of the data, which has " + dataBytes);
        }
        return tensors;
    }

    private static CheckpointException overlap(String which) {
        return new CheckpointException(Reason.DAMAGED, which + ": overlaps with another tensor or leaves a hole");
    }

    private static List<Long> naturals(String which, List<?> values) {
        List<Long> naturals = new ArrayList<>(values.size());
        for (Object value : values) {
            if (!(value instanceof Long natural) || natural < 0) {
                throw new CheckpointException(
                        Reason.INVALID_TENSOR,
                        which + ": shape and data_offsets hold whole numbers from 0, found " + value);
            }
            naturals.add(natural);
        }
        return naturals;
    }

    private static List<Long> contiguous(String which, List<Long> shape) {
        List<Long> strides = new ArrayList<>(shape.size());
        long step = 1;
        try {
            for (int i = shape.size() - 1; i >= 0; i--) {
                strides.add(step);
                step = Math.multiplyExact(step, shape.get(i));
            }
        } catch (ArithmeticException e) {
            throw new CheckpointException(Reason.INVALID_TENSOR, which + ": shape " + shape + " overflows 64 bits", e);
        }
        Collections.reverse(strides);
        return strides;
    }
}
