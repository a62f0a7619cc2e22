package dev.ecgfhir.inference.djl;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which parameter of the DJL blocks belongs to which name in a state dict. */
final class WeightNames {
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    /** Adds {@code PREFIX.weight} and {@code PREFIX.bias} of a block. */
    void add(String prefix, Block block) {
        parameters.put(prefix + ".weight", block.getDirectParameters().get("weight"));
        parameters.put(prefix + ".bias", block.getDirectParameters().get("bias"));
    }

    Map<String, Parameter> parameters() {
        return parameters;
    }
}
