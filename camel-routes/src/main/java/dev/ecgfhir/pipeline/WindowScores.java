package dev.ecgfhir.pipeline;

import dev.ecgfhir.inference.Scores;
import java.util.ArrayList;
import java.util.List;

/**
 * The scores of a recording's windows, and which of them count.
 *
 * <p>Immutable and safe to share between threads.
 */
final class WindowScores {
    private final List<Scores> windows;
    private final double[] starts;
    private final boolean[] counted;

    /**
     * Copies everything.
     *
     * @param windows at least one, in order of time
     * @param starts [windows], seconds
     * @param counted [windows], false where a window holds no ECG; at least one is true
     */
    WindowScores(List<Scores> windows, double[] starts, boolean[] counted) {
        this.windows = List.copyOf(windows);
        this.starts = starts.clone();
        this.counted = counted.clone();
    }

    /** Returns the scores of every window. */
    List<Scores> all() {
        return windows;
    }

    /** Returns the windows' starts, [windows], seconds. */
    double[] starts() {
        return starts.clone();
    }

    /** Returns whether the recording has one window only. */
    boolean isSingle() {
        return windows.size() == 1;
    }

    /** Returns the mean over the windows that count, [labels], 0..1. */
    double[] mean() {
        double[] mean = new double[windows.get(0).labels()];
        int count = 0;
        for (int w = 0; w < counted.length; w++) {
            if (counted[w]) {
                count++;
                for (int label = 0; label < mean.length; label++) {
                    mean[label] += windows.get(w).score(label);
                }
            }
        }
        for (int label = 0; label < mean.length; label++) {
            mean[label] /= count;
        }
        return mean;
    }

    /** Returns the highest score of a label in the windows that count, 0..1. */
    double highest(int label) {
        double highest = 0;
        for (int w = 0; w < counted.length; w++) {
            if (counted[w]) {
                highest = Math.max(highest, windows.get(w).score(label));
            }
        }
        return highest;
    }

    /** Returns the starts, seconds, of the windows that count and reach a threshold. */
    List<Double> secondsFrom(int label, double threshold) {
        List<Double> seconds = new ArrayList<>();
        for (int w = 0; w < counted.length; w++) {
            if (counted[w] && windows.get(w).score(label) >= threshold) {
                seconds.add(starts[w]);
            }
        }
        return seconds;
    }
}
