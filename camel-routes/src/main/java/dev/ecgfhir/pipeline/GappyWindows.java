package dev.ecgfhir.pipeline;

import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.pipeline.Gate.GatedLead;
import java.util.ArrayList;
import java.util.List;

/**
 * Which windows of a long recording are not read, because too much of them was not measured: those that a gap too long to be filled touches, or comes
 * so near to that the filters carry it in, and those of which too much would be filled. Immutable.
 *
 * <p>The windows are those of {@link Preprocessing}: from the start, each of 10 s. What is left over at the end belongs to none.
 */
final class GappyWindows {
    private static final double ROUNDING = 1e-9;

    private final boolean[] spoiled;

    private GappyWindows(boolean[] spoiled) {
        this.spoiled = spoiled;
    }

    /** Looks at the leads, gaps not yet filled. */
    static GappyWindows of(List<GatedLead> gated) {
        long samples = gated.stream()
                .mapToLong(lead -> Preprocessing.modelSamples(lead.millivolts().length, lead.hertz()))
                .min()
                .orElseThrow();
        GappyWindows windows = new GappyWindows(new boolean[(int) (samples / Preprocessing.WINDOW_SAMPLES)]);
        gated.stream().filter(lead -> lead.quality().gaps() > 0).forEach(windows::mark);
        return windows;
    }

    private void mark(GatedLead lead) {
        double[] millivolts = lead.millivolts();
        double[] missing = new double[spoiled.length]; // seconds
        int i = 0;
        while (i < millivolts.length) {
            if (Double.isFinite(millivolts[i])) {
                i++;
                continue;
            }
            int from = i;
            while (i < millivolts.length && !Double.isFinite(millivolts[i])) {
                int window = window(i / lead.hertz());
                if (window < spoiled.length) {
                    missing[window] += 1 / lead.hertz();
                }
                i++;
            }
            if ((i - from) / lead.hertz() > GateLimits.LONGEST_GAP_SECONDS + ROUNDING) {
                int last = window(i / lead.hertz() + GateLimits.GAP_REACH_SECONDS);
                int first = window(Math.max(0, from / lead.hertz() - GateLimits.GAP_REACH_SECONDS));
                for (int w = first; w <= Math.min(last, spoiled.length - 1); w++) {
                    spoiled[w] = true;
                }
            }
        }
        for (int w = 0; w < spoiled.length; w++) {
            spoiled[w] |= missing[w] > GateLimits.LARGEST_GAP_SHARE * Preprocessing.WINDOW_SECONDS + ROUNDING;
        }
    }

    private static int window(double seconds) {
        return (int) (seconds / Preprocessing.WINDOW_SECONDS);
    }

    /** Returns how many windows there are. */
    int all() {
        return spoiled.length;
    }

    /** Returns the starts of the windows that are not read, seconds, ascending. */
    List<Double> starts() {
        List<Double> starts = new ArrayList<>();
        for (int w = 0; w < spoiled.length; w++) {
            if (spoiled[w]) {
                starts.add(w * Preprocessing.WINDOW_SECONDS);
            }
        }
        return starts;
    }

    /** Tells whether a lead has gaps in windows that are read. */
    boolean isFilled(GatedLead lead) {
        double[] millivolts = lead.millivolts();
        for (int i = 0; i < millivolts.length; i++) {
            if (!Double.isFinite(millivolts[i])) {
                int window = window(i / lead.hertz());
                if (window >= spoiled.length || !spoiled[window]) {
                    return true;
                }
            }
        }
        return false;
    }
}
