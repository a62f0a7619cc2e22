package dev.ecgfhir.pipeline;

import java.util.List;

/**
 * The leads that a model takes, gaps filled, with what a reader should know of them.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class GatedSignal {
    private final LeadSet leads;
    private final double[][] millivolts;
    private final double[] hertz;
    private final List<Double> lostWindows;
    private final List<String> flags;

    /** Takes the arrays over without a copy. */
    GatedSignal(LeadSet leads, double[][] millivolts, double[] hertz, List<Double> lostWindows, List<String> flags) {
        this.leads = leads;
        this.millivolts = millivolts;
        this.hertz = hertz;
        this.lostWindows = List.copyOf(lostWindows);
        this.flags = List.copyOf(flags);
    }

    /** Returns which leads they are. */
    public LeadSet leads() {
        return leads;
    }

    /** Returns flags of signal quality, {@code CODE} or {@code CODE:detail}; the recording's own are not among them. */
    public List<String> flags() {
        return flags;
    }

    /** Returns the starts, seconds, of windows that gaps have spoiled and that do not count. */
    List<Double> lostWindows() {
        return lostWindows;
    }

    /** Returns the samples themselves, [leads][samples], millivolts, all finite; not to be modified. */
    double[][] millivolts() {
        return millivolts;
    }

    /** Returns the sampling frequencies themselves, [leads], Hz; not to be modified. */
    double[] hertz() {
        return hertz;
    }
}
