package dev.ecgfhir.inference.training;

/**
 * What a threshold gives on labelled recordings.
 *
 * @param threshold score from which a recording is positive
 * @param sensitivity share of the true ones that are positive, 0..1
 * @param specificity share of the others that are not, 0..1
 */
public record OperatingPoint(double threshold, double sensitivity, double specificity) {
    /** Returns the mean of sensitivity and specificity, 0..1; 0.5 is chance. */
    public double balancedAccuracy() {
        return (sensitivity + specificity) / 2;
    }

    /** Returns Youden's J, sensitivity + specificity - 1; 0 is chance. */
    public double youden() {
        return sensitivity + specificity - 1;
    }

    /**
     * Finds the threshold of the highest Youden index, which is that of the highest balanced accuracy too. It lies half-way between
     * two scores; where several are equally good, the most sensitive one is taken.
     *
     * <h2>References</h2>
     * W. J. Youden, Index for rating diagnostic tests, Cancer 1950;3:32-35.
     *
     * @param data at least one recording with positive weight of either kind
     * @param weights [recordings], how often each counts
     * @return the best point, as it is on these data
     */
    static OperatingPoint best(LabelledScores data, int[] weights) {
        long positives = weight(data, weights, true);
        long negatives = weight(data, weights, false);
        long truePositives = 0;
        long falsePositives = 0;
        double best = Double.NEGATIVE_INFINITY;
        OperatingPoint found = new OperatingPoint(0.5, 0, 1);
        for (int i = 0; i < data.size(); i++) {
            if (weights[i] == 0) {
                continue;
            }
            if (data.truth(i)) {
                truePositives += weights[i];
            } else {
                falsePositives += weights[i];
            }
            int next = nextOther(data, weights, i);
            if (next < data.size() && data.score(next) == data.score(i)) {
                continue; // no threshold parts equal scores
            }
            double youden = (double) truePositives / positives - (double) falsePositives / negatives;
            if (youden >= best) {
                best = youden;
                double below = next < data.size() ? data.score(next) : 0;
                found = new OperatingPoint(
                        inside((data.score(i) + below) / 2),
                        (double) truePositives / positives,
                        1 - (double) falsePositives / negatives);
            }
        }
        return found;
    }

    /** Measures a given threshold. */
    static OperatingPoint at(double threshold, LabelledScores data, int[] weights) {
        long truePositives = 0;
        long falsePositives = 0;
        for (int i = 0; i < data.size() && data.score(i) >= threshold; i++) {
            if (data.truth(i)) {
                truePositives += weights[i];
            } else {
                falsePositives += weights[i];
            }
        }
        return new OperatingPoint(
                threshold,
                (double) truePositives / weight(data, weights, true),
                1 - (double) falsePositives / weight(data, weights, false));
    }

    static long weight(LabelledScores data, int[] weights, boolean positive) {
        long sum = 0;
        for (int i = 0; i < data.size(); i++) {
            sum += data.truth(i) == positive ? weights[i] : 0;
        }
        return sum;
    }

    private static int nextOther(LabelledScores data, int[] weights, int i) {
        int next = i + 1;
        while (next < data.size() && weights[next] == 0) {
            next++;
        }
        return next;
    }

    /** A threshold lies between 0 and 1, without them. */
    private static double inside(double threshold) {
        return Math.min(1 - 1e-6, Math.max(1e-6, threshold));
    }
}
