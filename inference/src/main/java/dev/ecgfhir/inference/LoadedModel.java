package dev.ecgfhir.inference;

/**
 * A model and the thresholds that belong to it.
 *
 * @param model the network; closed with this
 * @param thresholds its table, one rule for each of its labels
 */
public record LoadedModel(EcgModel model, Thresholds thresholds) implements AutoCloseable {
    /** Checks that the two fit. */
    public LoadedModel {
        int labels = model.description().labels().size();
        if (thresholds.rules().size() != labels) {
            throw new IllegalArgumentException("the model has " + labels + " labels, thresholds '"
                    + thresholds.version() + "' have " + thresholds.rules().size());
        }
    }

    /**
     * Returns this model with another table; closing either closes the model.
     *
     * @param other a table for this model
     */
    public LoadedModel with(Thresholds other) {
        return new LoadedModel(model, other);
    }

    @Override
    public void close() {
        model.close();
    }
}
