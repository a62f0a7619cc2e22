package dev.ecgfhir.inference.training;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * How sure a threshold is: it is derived again on patients drawn with replacement. What those who were not drawn give by it is an
 * estimate for patients that the threshold has not seen.
 *
 * <h2>References</h2>
 * B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap, Chapman and Hall 1993, chapters 13 (percentile intervals) and 17
 * (prediction error on what was not drawn).
 *
 * @param threshold interval of the threshold
 * @param sensitivity interval of the sensitivity at the derived threshold
 * @param specificity interval of the specificity at the derived threshold
 * @param balancedAccuracy interval of the balanced accuracy at the derived threshold
 * @param unseen interval of the balanced accuracy of re-derived thresholds on patients who were not drawn
 * @param unseenMean its mean
 */
public record Bootstrap(
        Interval threshold,
        Interval sensitivity,
        Interval specificity,
        Interval balancedAccuracy,
        Interval unseen,
        double unseenMean) {
    /**
     * Draws.
     *
     * @param data recordings of both kinds
     * @param derived the threshold that was derived on all of them
     * @param draws how often to draw
     * @param seed seed of the random numbers
     * @return the intervals; empty if too few draws hold both kinds to tell anything
     */
    static Optional<Bootstrap> of(LabelledScores data, double derived, int draws, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] thresholds = new double[draws];
        double[] sensitivities = new double[draws];
        double[] specificities = new double[draws];
        double[] balanced = new double[draws];
        double[] unseen = new double[draws];
        int good = 0;
        int[] drawn = new int[data.groupCount()];
        int[] weights = new int[data.size()];
        int[] left = new int[data.size()];
        for (int draw = 0; draw < draws; draw++) {
            Arrays.fill(drawn, 0);
            for (int i = 0; i < drawn.length; i++) {
                drawn[random.nextInt(drawn.length)]++;
            }
            for (int i = 0; i < weights.length; i++) {
                weights[i] = drawn[data.group(i)];
                left[i] = weights[i] == 0 ? 1 : 0;
            }
            if (!bothKinds(data, weights) || !bothKinds(data, left)) {
                continue;
            }
            double again = OperatingPoint.best(data, weights).threshold();
            OperatingPoint here = OperatingPoint.at(derived, data, weights);
            thresholds[good] = again;
            sensitivities[good] = here.sensitivity();
            specificities[good] = here.specificity();
            balanced[good] = here.balancedAccuracy();
            unseen[good] = OperatingPoint.at(again, data, left).balancedAccuracy();
            good++;
        }
        if (good < Math.max(1, draws / 2)) {
            return Optional.empty();
        }
        return Optional.of(new Bootstrap(
                Interval.of(Arrays.copyOf(thresholds, good)),
                Interval.of(Arrays.copyOf(sensitivities, good)),
                Interval.of(Arrays.copyOf(specificities, good)),
                Interval.of(Arrays.copyOf(balanced, good)),
                Interval.of(Arrays.copyOf(unseen, good)),
                Arrays.stream(unseen, 0, good).average().orElseThrow()));
    }

    private static boolean bothKinds(LabelledScores data, int[] weights) {
        return OperatingPoint.weight(data, weights, true) > 0 && OperatingPoint.weight(data, weights, false) > 0;
    }
}
