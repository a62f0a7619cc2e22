package dev.ecgfhir.inference;

/**
 * What the network says of one window: logits, scores and features.
 *
 * <p>A score is the sigmoid of its logit, 0..1; it is not a calibrated probability. Immutable and safe to share between threads.
 */
public final class Scores {
    private final float[] logits;
    private final float[] features;

    private Scores(float[] logits, float[] features) {
        this.logits = logits;
        this.features = features;
    }

    /**
     * Copies the network's outputs.
     *
     * @param logits [labels], natural log odds
     * @param features [features], the activations before the last layer
     * @return the scores
     */
    public static Scores of(float[] logits, float[] features) {
        return new Scores(logits.clone(), features.clone());
    }

    /** Returns the number of labels. */
    public int labels() {
        return logits.length;
    }

    /**
     * Returns the score of one label.
     *
     * @param index the label's index
     * @return 0..1
     */
    public double score(int index) {
        return 1.0 / (1.0 + Math.exp(-(double) logits[index]));
    }

    /** Returns a copy of the logits, [labels]. */
    public float[] logits() {
        return logits.clone();
    }

    /** Returns the scores as an array of its own, [labels], 0..1. */
    public float[] scores() {
        float[] scores = new float[logits.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) score(i);
        }
        return scores;
    }

    /** Returns a copy of the features, [features]. */
    public float[] features() {
        return features.clone();
    }
}
