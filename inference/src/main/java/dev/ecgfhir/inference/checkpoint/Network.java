package dev.ecgfhir.inference.checkpoint;

import java.util.Map;

/**
 * A network as read from a checkpoint: architecture and weights, checked whole.
 *
 * <p>Immutable and safe to share between threads, as long as callers leave the arrays of {@link #weight} alone.
 */
public final class Network {
    private final Architecture architecture;
    private final Map<String, float[]> weights;
    private final long unusedWeights;
    private final String sha256;

    Network(Architecture architecture, Map<String, float[]> weights, long unusedWeights, String sha256) {
        this.architecture = architecture;
        this.weights = Map.copyOf(weights);
        this.unusedWeights = unusedWeights;
        this.sha256 = sha256;
    }

    /** Returns the architecture. */
    public Architecture architecture() {
        return architecture;
    }

    /**
     * Returns the values of one weight.
     *
     * @param name its key, as {@link Architecture#weights()} lists it
     * @return all values in C order, finite; not copied, because they are large: do not modify
     */
    public float[] weight(String name) {
        float[] weight = weights.get(name);
        if (weight == null) {
            throw new IllegalArgumentException("the network has no weight '" + name + "'");
        }
        return weight;
    }

    /**
     * Returns a network of the same shape and origin with other weights.
     *
     * @param others all weights by their keys; not copied
     */
    public Network with(Map<String, float[]> others) {
        return new Network(architecture, others, unusedWeights, sha256);
    }

    /** Returns the number of values that the network uses. */
    public long usedWeights() {
        return weights.values().stream().mapToLong(values -> values.length).sum();
    }

    /** Returns the number of values in the state dict that the network does not use. */
    public long unusedWeights() {
        return unusedWeights;
    }

    /** Returns the SHA-256 of the file, lower-case hexadecimal. */
    public String sha256() {
        return sha256;
    }
}
