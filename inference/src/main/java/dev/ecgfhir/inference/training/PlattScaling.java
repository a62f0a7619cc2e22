package dev.ecgfhir.inference.training;

import dev.ecgfhir.inference.Calibration;
import java.util.Optional;

/**
 * Fits a {@link Calibration} to labelled scores: the logistic curve over the log odds of the score that makes the labels most likely, with
 * Platt's softened targets against certainty from few recordings; by Newton's method with halved steps.
 *
 * <h2>References</h2>
 * J. Platt, Probabilistic outputs for support vector machines, in: Advances in Large Margin Classifiers, MIT Press 1999.
 * H.-T. Lin, C.-J. Lin, R. C. Weng, A note on Platt's probabilistic outputs for support vector machines, Machine Learning
 * 2007;68:267-276 (the numerics).
 */
final class PlattScaling {
    private static final int MOST_STEPS = 100;
    private static final double SMALLEST_STEP = 1e-10;
    private static final double RIDGE = 1e-12;

    private final LabelledScores data;
    private final double high;
    private final double low;

    private PlattScaling(LabelledScores data) {
        this.data = data;
        this.high = (data.count(true) + 1.0) / (data.count(true) + 2.0);
        this.low = 1 / (data.count(false) + 2.0);
    }

    /**
     * Fits.
     *
     * @param data recordings of both kinds
     * @return the curve; empty if a higher score does not mean a higher probability on these data
     */
    static Optional<Calibration> fit(LabelledScores data) {
        return new PlattScaling(data).fit();
    }

    private Optional<Calibration> fit() {
        double slope = 0;
        double intercept = Math.log((data.count(true) + 1.0) / (data.count(false) + 1.0));
        double loss = loss(slope, intercept);
        for (int step = 0; step < MOST_STEPS; step++) {
            double gs = 0;
            double gi = 0;
            double hss = RIDGE;
            double hsi = 0;
            double hii = RIDGE;
            for (int i = 0; i < data.size(); i++) {
                double x = Calibration.logit(data.score(i));
                double p = 1 / (1 + Math.exp(-(slope * x + intercept)));
                double error = p - target(i);
                double weight = p * (1 - p);
                gs += error * x;
                gi += error;
                hss += weight * x * x;
                hsi += weight * x;
                hii += weight;
            }
            if (Math.abs(gs) < 1e-8 && Math.abs(gi) < 1e-8) {
                break;
            }
            double determinant = hss * hii - hsi * hsi;
            double ds = -(hii * gs - hsi * gi) / determinant;
            double di = -(hss * gi - hsi * gs) / determinant;
            double length = 1;
            double next = loss(slope + ds, intercept + di);
            while (!(next < loss) && length > SMALLEST_STEP) {
                length /= 2;
                next = loss(slope + length * ds, intercept + length * di);
            }
            if (!(next < loss)) {
                break;
            }
            slope += length * ds;
            intercept += length * di;
            loss = next;
        }
        return slope > 0 && slope <= 1000 && Math.abs(intercept) <= 1000
                ? Optional.of(new Calibration(slope, intercept))
                : Optional.empty();
    }

    private double target(int i) {
        return data.truth(i) ? high : low;
    }

    /** Returns the cross-entropy, computed so that no exponential overflows. */
    private double loss(double slope, double intercept) {
        double sum = 0;
        for (int i = 0; i < data.size(); i++) {
            double z = slope * Calibration.logit(data.score(i)) + intercept;
            sum += Math.max(z, 0) - target(i) * z + Math.log1p(Math.exp(-Math.abs(z)));
        }
        return sum;
    }
}
