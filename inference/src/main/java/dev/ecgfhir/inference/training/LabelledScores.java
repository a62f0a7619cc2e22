package dev.ecgfhir.inference.training;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The scores of one label on recordings of which is known whether it is true of them; sorted by score, the highest first.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class LabelledScores {
    private final double[] scores;
    private final boolean[] truth;
    private final int[] groups;
    private final int groupCount;

    private LabelledScores(double[] scores, boolean[] truth, int[] groups) {
        this.scores = scores;
        this.truth = truth;
        this.groups = groups;
        this.groupCount = (int) Arrays.stream(groups).distinct().count();
    }

    /**
     * Copies and sorts the scores.
     *
     * @param scores [recordings], 0..1
     * @param truth [recordings], whether the label is true
     * @param patients [recordings], a number for each patient, any; recordings of one patient are drawn together
     * @return the sorted scores
     */
    public static LabelledScores of(double[] scores, boolean[] truth, int[] patients) {
        if (scores.length != truth.length || scores.length != patients.length) {
            throw new IllegalArgumentException("there are " + scores.length + " scores, " + truth.length
                    + " truths and " + patients.length + " patients");
        }
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]).thenComparing(i -> i))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] names = Arrays.stream(patients).distinct().sorted().toArray();
        return new LabelledScores(
                Arrays.stream(order).mapToDouble(i -> scores[i]).toArray(),
                truths(order, truth),
                Arrays.stream(order)
                        .map(i -> Arrays.binarySearch(names, patients[i]))
                        .toArray());
    }

    private static boolean[] truths(int[] order, boolean[] truth) {
        boolean[] sorted = new boolean[order.length];
        for (int i = 0; i < order.length; i++) {
            sorted[i] = truth[order[i]];
        }
        return sorted;
    }

    int size() {
        return scores.length;
    }

    double score(int i) {
        return scores[i];
    }

    boolean truth(int i) {
        return truth[i];
    }

    /** Returns the patient of a recording, 0..{@link #groupCount()} - 1. */
    int group(int i) {
        return groups[i];
    }

    int groupCount() {
        return groupCount;
    }

    /** Returns how many patients have at least one recording of which the label is true, or is not. */
    int patients(boolean positive) {
        return (int) IntStream.range(0, size())
                .filter(i -> truth[i] == positive)
                .map(i -> groups[i])
                .distinct()
                .count();
    }

    /** Returns the number of recordings of which the label is true, or is not. */
    int count(boolean positive) {
        return (int)
                IntStream.range(0, size()).filter(i -> truth[i] == positive).count();
    }
}
