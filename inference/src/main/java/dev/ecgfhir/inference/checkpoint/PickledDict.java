package dev.ecgfhir.inference.checkpoint;

import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.CheckpointException.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the state dict in what a torch checkpoint's pickle holds. */
final class PickledDict {
    private static final String KEY = "state_dict";

    private PickledDict() {}

    /**
     * Returns the tensors of {@code state_dict}, or of the dictionary itself where that is a bare state dict. Everything beside it
     * (optimizer, scheduler, scores) does not count.
     *
     * @param where names the file
     * @param pickled what the pickle holds
     */
    static Map<String, TensorView> tensors(String where, @Nullable Object pickled) {
        if (!(pickled instanceof Map<?, ?> top)) {
            throw new CheckpointException(
                    Reason.NO_STATE_DICT, where + ": the pickle holds no dictionary; expected one with '" + KEY + "'");
        }
        Object found = top.containsKey(KEY) ? top.get(KEY) : top;
        if (!(found instanceof Map<?, ?> dict)) {
            throw new CheckpointException(Reason.NO_STATE_DICT, where + ": '" + KEY + "' is no dictionary of tensors");
        }
        if (dict.isEmpty()) {
            throw new CheckpointException(Reason.NO_STATE_DICT, where + ": the state dict is empty");
        }
        boolean bare = dict == top;
        if (bare && dict.values().stream().noneMatch(TensorView.class::isInstance)) {
            throw new CheckpointException(
                    Reason.NO_STATE_DICT,
                    where + ": the dictionary has neither '" + KEY + "' nor tensors of its own; its keys are "
                            + dict.keySet().stream().limit(10).toList());
        }
        Map<String, TensorView> tensors = new LinkedHashMap<>();
        dict.forEach((key, value) -> {
            if (!(key instanceof String name && value instanceof TensorView tensor)) {
                throw new CheckpointException(
                        Reason.INVALID_TENSOR, where + ": '" + key + "' of the state dict is no tensor");
            }
            tensors.put(name, tensor);
        });
        return tensors;
    }
}
