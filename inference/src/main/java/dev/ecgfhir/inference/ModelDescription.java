package dev.ecgfhir.inference;

import java.util.List;

/**
 * What a loaded model is, as read off its checkpoint.
 *
 * @param leads leads that it takes: 12 or 1
 * @param labels its outputs in order; their index is their position
 * @param features length of the feature vector before the last layer
 * @param usedWeights number of weights that the network uses
 * @param unusedWeights number of values in the state dict that it does not use (BatchNorm)
 * @param stages the stages of the network in order
 * @param sha256 SHA-256 of the checkpoint file, lower-case hexadecimal, without prefix
 * @param demonstration true if these are the bundled demonstration weights, which are not ECGFounder
 * @param precision the number format in which it is at work
 */
public record ModelDescription(
        int leads,
        List<Label> labels,
        int features,
        long usedWeights,
        long unusedWeights,
        List<Stage> stages,
        String sha256,
        boolean demonstration,
        Precision precision) {
    /** Copies the lists. */
    public ModelDescription {
        labels = List.copyOf(labels);
        stages = List.copyOf(stages);
    }

    /** Makes the description of a model in float32; the parameters are those above. */
    public ModelDescription(
            int leads,
            List<Label> labels,
            int features,
            long usedWeights,
            long unusedWeights,
            List<Stage> stages,
            String sha256,
            boolean demonstration) {
        this(leads, labels, features, usedWeights, unusedWeights, stages, sha256, demonstration, Precision.FLOAT32);
    }

    /** Returns this with another number format. */
    ModelDescription in(Precision other) {
        return new ModelDescription(
                leads, labels, features, usedWeights, unusedWeights, stages, sha256, demonstration, other);
    }

    /** Returns the hash in the form in which reports and command-line output show it, {@code sha256:<hex>}. */
    public String hash() {
        return "sha256:" + sha256;
    }

    /**
     * One stage of the network.
     *
     * @param filters channels that it puts out
     * @param blocks its blocks
     * @param groupWidth channels in a convolution group
     * @param kernel taps of its grouped convolution
     */
    public record Stage(int filters, int blocks, int groupWidth, int kernel) {}
}
