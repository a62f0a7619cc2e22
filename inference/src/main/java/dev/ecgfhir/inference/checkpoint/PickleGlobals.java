package dev.ecgfhir.inference.checkpoint;

import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.CheckpointException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The globals that a checkpoint may name, and what stands for them here. Whatever is not listed is refused by name.
 *
 * <p>The list is what {@code torch.save} of a state dict, an optimizer, a scheduler and a numpy scalar writes.
 */
enum PickleGlobals {
    /** {@code collections.OrderedDict}, always called without arguments by Python 3. */
    ORDERED_DICT,
    /** {@code torch._utils._rebuild_tensor_v2}: storage, offset, size, stride, then what concerns training alone. */
    TENSOR,
    /** {@code torch._utils._rebuild_parameter}: a tensor, then what concerns training alone. */
    PARAMETER,
    /** Numbers of numpy and how their bytes are spelt: a training score beside the weights, not used. */
    INERT;

    private static final Set<String> INERT_NAMES = Set.of(
            "_codecs.encode",
            "numpy.dtype",
            "numpy.core.multiarray.scalar",
            "numpy._core.multiarray.scalar",
            "numpy.dtypes.Float64DType",
            "numpy.dtypes.Float32DType",
            "torch.Size");

    /** Returns what stands for a global: a constructor, or an {@link ElementType} for a storage class. */
    static Object find(String where, String module, String name) {
        ElementType type = module.equals("torch") ? ElementType.ofTorchStorage(name) : null;
        if (type != null) {
            return type;
        }
        String full = module + "." + name;
        if (full.equals("collections.OrderedDict")) {
            return ORDERED_DICT;
        }
        if (full.equals("torch._utils._rebuild_tensor_v2")) {
            return TENSOR;
        }
        if (full.equals("torch._utils._rebuild_parameter")) {
            return PARAMETER;
        }
        if (INERT_NAMES.contains(full)) {
            return INERT;
        }
        throw new CheckpointException(
                Reason.UNSAFE,
                where + ": the pickle asks for '" + printable(full)
                        + "', which is not on the list of what a checkpoint needs;" + " nothing of it was executed");
    }

    /** Makes the value that a call of this global stands for. */
    Object construct(String where, List<?> arguments) {
        return switch (this) {
            case ORDERED_DICT -> orderedDict(where, arguments);
            case TENSOR -> tensor(where, arguments);
            case PARAMETER -> parameter(where, arguments);
            case INERT -> new Inert();
        };
    }

    private static Object orderedDict(String where, List<?> arguments) {
        if (!arguments.isEmpty()) {
            throw damaged(where, "an ordered dictionary is made with arguments");
        }
        return new LinkedHashMap<@Nullable Object, @Nullable Object>();
    }

    private static Object tensor(String where, List<?> arguments) {
        if (arguments.size() >= 4
                && arguments.get(0) instanceof Storage storage
                && arguments.get(1) instanceof Long offset
                && arguments.get(2) instanceof List<?> shape
                && arguments.get(3) instanceof List<?> strides) {
            return new TensorView(
                    storage.type(),
                    storage.key(),
                    storage.elements(),
                    offset,
                    integers(where, shape),
                    integers(where, strides));
        }
        throw damaged(where, "a tensor is made of other things than storage, offset, shape and strides");
    }

    private static Object parameter(String where, List<?> arguments) {
        if (!arguments.isEmpty() && arguments.get(0) instanceof TensorView tensor) {
            return tensor;
        }
        throw damaged(where, "a parameter is made of something else than a tensor");
    }

    /** Sizes or strides. Few, whatever the file says: a list that is stored once could otherwise be copied by every tensor. */
    private static List<Long> integers(String where, List<?> values) {
        if (values.size() > TensorView.MOST_DIMENSIONS) {
            throw new CheckpointException(
                    Reason.INVALID_TENSOR,
                    where + ": a tensor has " + values.size() + " dimensions; expected at most "
                            + TensorView.MOST_DIMENSIONS);
        }
        List<Long> integers = new ArrayList<>(values.size());
        for (Object value : values) {
            if (!(value instanceof Long integer)) {
                throw damaged(where, "a tensor's shape or strides hold something else than 64-bit integers");
            }
            integers.add(integer);
        }
        return integers;
    }

    /** Reads a persistent id: {@code ('storage', type, key, location, elements)} and, in the legacy form, a view (None). */
    static Storage storage(String where, @Nullable Object id) {
        if (id instanceof List<?> list
                && list.size() >= 5
                && "storage".equals(list.get(0))
                && list.get(1) instanceof ElementType type
                && list.get(2) instanceof String key
                && list.get(4) instanceof Long elements) {
            if (list.size() > 5 && list.get(5) != null) {
                throw new CheckpointException(
                        Reason.UNSUPPORTED, where + ": a storage is a view of another one, a form of torch before 0.4");
            }
            return new Storage(type, key, elements);
        }
        throw damaged(where, "a storage is not named by type, key, location and size");
    }

    private static String printable(String name) {
        return name.codePoints()
                .map(c -> c < 0x20 || c > 0x7e ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static CheckpointException damaged(String where, String text) {
        return new CheckpointException(Reason.DAMAGED, where + ": " + text);
    }

    /** A storage as the pickle names it. */
    record Storage(ElementType type, String key, long elements) {}

    /** A value that is read over and never used. */
    static final class Inert {}
}
