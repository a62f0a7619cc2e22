package dev.ecgfhir.inference.training;

import java.util.Arrays;

/**
 * A 95 % interval.
 *
 * @param low its lower limit
 * @param high its upper limit
 */
public record Interval(double low, double high) {
    /** Returns the middle 95 % of some values; at least one. */
    static Interval of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Interval(quantile(sorted, 0.025), quantile(sorted, 0.975));
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
