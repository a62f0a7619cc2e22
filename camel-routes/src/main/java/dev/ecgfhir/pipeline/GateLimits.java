package dev.ecgfhir.pipeline;

import dev.ecgfhir.inference.signal.Preprocessing;

/** Where the gate draws its lines, and why there. */
public final class GateLimits {
    /** Shortest recording, s: half a window; less would be mostly padding, and a slow rhythm shows too few beats. */
    public static final double SHORTEST_SECONDS = Preprocessing.MINIMUM_SECONDS;

    /** Longest gap that is filled, s: about the width of a QRS complex, so that no beat can hide in it whole. */
    public static final double LONGEST_GAP_SECONDS = 0.1;

    /** Largest part of a lead that is filled, 0..1: two tenths of a second of ten. */
    public static final double LARGEST_GAP_SHARE = 0.02;

    /** Fewest windows of a recording in which gaps that cannot be filled cost windows and not the recording: a minute. */
    public static final int FEWEST_WINDOWS_WITHOUT_GAPPY = 6;

    /** Largest part of a long recording's windows, 0..1, that gaps may cost. */
    public static final double LARGEST_GAPPY_SHARE = 0.5;

    /** How far beyond a gap, s, the filters are held to carry it: the band-pass rings for about a period of its lower edge, 0.67 Hz. */
    public static final double GAP_REACH_SECONDS = 2;

    /** Part of a lead, 0..1, that must lie in flat stretches for the lead to count as flat. */
    public static final double FLAT_SHARE = 0.5;

    /** A lead that moves by less than this is flat, mV: a tenth of the smallest P wave that readers call one, 0.2 mm at 10 mm/mV. */
    public static final double FLAT_PEAK_TO_PEAK_MILLIVOLTS = 0.02;

    /** Fewest leads with a signal that the 12-lead model needs: eight leads are independent, the other four follow from them. */
    public static final int FEWEST_USABLE_LEADS = 8;

    /**
     * Largest peak-to-peak of a lead, mV: the electrode offset that recorders must bear (IEC 60601-2-25 and 60601-2-27: 300 mV). Beyond
     * it microvolts were called millivolts, or a factor is missing.
     */
    public static final double LARGEST_PEAK_TO_PEAK_MILLIVOLTS = 300;

    /** Part of a lead, 0..1, at its own extremes from which it counts as saturated; edge artefacts of public recordings reach 0.013. */
    public static final double SATURATED_SHARE = 0.02;

    /**
     * Residual of Einthoven's law, as a part of the strongest limb lead, from which leads are suspected to be swapped or mislabelled. The
     * largest of 310 public recordings has 0.04, most have below 0.01; any swap of two limb leads that differ gives more than 0.3.
     */
    public static final double EINTHOVEN_RESIDUAL = 0.25;

    /** Standard deviation of a filtered window, mV, below which it holds no ECG; a low-voltage ECG has about 0.03. */
    public static final double SILENT_WINDOW_MILLIVOLTS = 0.005;

    /**
     * Standard deviation of a filtered window, mV, below which it is flagged: half of the smallest of 445 public recordings (0.039). Volts
     * called millivolts end far below, and are refused.
     */
    public static final double LOW_WINDOW_MILLIVOLTS = 0.02;

    /** Standard deviation of a filtered window, mV, from which it is flagged: the largest of 310 public recordings has 1.25. */
    public static final double HIGH_WINDOW_MILLIVOLTS = 2;

    /** Similarity of beats below which a window has none that can be told from noise; the published limit, see {@code BeatSimilarity}. */
    public static final double LEAST_BEAT_SIMILARITY = 0.66;

    /** Wander of the baseline, mV, from which it is flagged: 3 cm on paper, the distance to the next trace. */
    public static final double WANDER_MILLIVOLTS = 3;

    /** Amplitude of mains, mV, from which they are flagged: 1 mm on paper. */
    public static final double MAINS_MILLIVOLTS = 0.1;

    /** Root mean square of fast noise, mV, from which it is flagged: its peaks reach 0.15 mV, the size of a P wave. */
    public static final double MUSCLE_MILLIVOLTS = 0.05;

    /** Step between two samples, as part of a lead's range, from which it is flagged: no heartbeat is that steep at 100 Hz or more. */
    public static final double STEP_SHARE = 0.7;

    /** Correlation of lead I or II with V5 and V6 at or below which it opposes them; of 310 public recordings, two have such a lead II. */
    public static final double OPPOSED_CORRELATION = -0.6;

    /** Strength of I, II or III, as part of the strongest of them, below which it is nearly flat; the least of 310 has 0.118. */
    public static final double FLAT_LIMB_STRENGTH = 0.1;

    /** Way through the chest leads after an exchange, as part of the way without, below which their order is doubted. */
    public static final double CHEST_ORDER = 0.7;

    private GateLimits() {}
}
