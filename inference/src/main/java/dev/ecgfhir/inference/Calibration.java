package dev.ecgfhir.inference;

import java.util.Locale;

/**
 * Turns a score into a calibrated probability by a logistic curve over its log odds: p = 1 / (1 + exp(-(slope * logit(score) +
 * intercept))). It keeps the order of scores, so that it changes no decision. Immutable and safe to share between threads.
 *
 * <h2>References</h2>
 * J. Platt, Probabilistic outputs for support vector machines, in: Advances in Large Margin Classifiers, MIT Press 1999.
 *
 * @param slope more than 0, at most 1000
 * @param intercept -1000..1000
 */
public record Calibration(double slope, double intercept) {
    /** Scores nearer to 0 or 1 than this have no log odds that mean anything. */
    private static final double EDGE = 1e-7;

    /** Checks the ranges. */
    public Calibration {
        if (!(slope > 0 && slope <= 1000)) {
            throw new IllegalArgumentException("calibration slope must be in 0..1000 and more than 0, was " + slope);
        }
        if (!(Math.abs(intercept) <= 1000)) {
            throw new IllegalArgumentException("calibration intercept must be in -1000..1000, was " + intercept);
        }
    }

    /**
     * Returns the probability that belongs to a score.
     *
     * @param score 0..1
     * @return 0..1
     */
    public double probability(double score) {
        return 1 / (1 + Math.exp(-(slope * logit(score) + intercept)));
    }

    /**
     * Returns the log odds of a score, which is held off 0 and 1.
     *
     * @param score 0..1
     */
    public static double logit(double score) {
        double inside = Math.min(1 - EDGE, Math.max(EDGE, score));
        return Math.log(inside / (1 - inside));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "logistic(%s, %s)", slope, intercept);
    }
}
