package dev.ecgfhir.pipeline;

import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.Scores;
import dev.ecgfhir.inference.signal.PreparedSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Has the windows of a recording judged and scored as they are prepared, and keeps their scores alone: memory grows by a few kilobytes for
 * each ten seconds.
 *
 * <p>Not thread-safe; one instance for each recording.
 */
final class WindowReading implements Consumer<PreparedSignal> {
    /** Most windows in one forward pass: enough to use a CPU's or GPU's width, few enough to bound memory for hour-long recordings. */
    private static final int WINDOWS_PER_PASS = 8;

    private final WindowQuality quality;
    private final Function<List<ModelInput>, List<Scores>> network;
    private final List<Scores> scores = new ArrayList<>();
    private final List<Double> starts = new ArrayList<>();
    private final List<Boolean> counted = new ArrayList<>();
    private long networkNanos;

    /**
     * Begins.
     *
     * @param quality judges the windows
     * @param network scores a few at a time
     */
    WindowReading(WindowQuality quality, Function<List<ModelInput>, List<Scores>> network) {
        this.quality = quality;
        this.network = network;
    }

    @Override
    public void accept(PreparedSignal prepared) {
        for (boolean one : quality.judge(prepared)) {
            counted.add(one);
        }
        for (double start : prepared.startSeconds()) {
            starts.add(start);
        }
        long begun = System.nanoTime();
        List<ModelInput> windows = prepared.windows();
        for (int from = 0; from < windows.size(); from += WINDOWS_PER_PASS) {
            scores.addAll(network.apply(windows.subList(from, Math.min(from + WINDOWS_PER_PASS, windows.size()))));
        }
        networkNanos += System.nanoTime() - begun;
    }

    /** Returns how long the network took, ns. */
    long networkNanos() {
        return networkNanos;
    }

    /** Returns whether every score is a number. */
    boolean isFinite() {
        for (Scores window : scores) {
            for (float logit : window.logits()) {
                if (!Float.isFinite(logit)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns the scores of all windows; one of them at least holds a signal. */
    WindowScores scores() {
        boolean[] count = new boolean[counted.size()];
        for (int w = 0; w < count.length; w++) {
            count[w] = counted.get(w);
        }
        return new WindowScores(
                scores, starts.stream().mapToDouble(Double::doubleValue).toArray(), count);
    }
}
