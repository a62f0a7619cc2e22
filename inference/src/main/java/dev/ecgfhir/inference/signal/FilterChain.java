package dev.ecgfhir.inference.signal;

/**
 * The reference filters at one sampling frequency: NaN to 0, notch, band-pass, minus running median.
 *
 * <p>Up to {@value #POLYNOMIAL_LIMIT} Hz the arithmetic is the reference's, operation by operation. Above it the band-pass runs as
 * second-order sections, because the reference's form has lost its digits there. Samples keep double precision whatever their
 * origin; the reference truncates integers at every stage. Immutable and safe to share between threads.
 *
 * <p>References: PKUDigitalHealth/ECGFounder, dataset.py, {@code filter_bandpass}, at commit 04edac7, with SciPy 1.10.1.
 */
public final class FilterChain {
    /** Sampling frequencies must be above this, Hz. */
    public static final double EXCLUSIVE_MINIMUM_HERTZ = 100;

    /** Sampling frequencies must not be above this, Hz. */
    public static final double MAXIMUM_HERTZ = 2000;

    /** Fewest samples of a lead that can be filtered. */
    public static final int MINIMUM_SAMPLES = 28;

    /** Highest sampling frequency at which the band-pass runs in the reference's polynomial form, Hz. */
    static final double POLYNOMIAL_LIMIT = 1000;

    private static final int ORDER = 4;
    private static final double LOW_HERTZ = 0.67;
    private static final double HIGH_HERTZ = 40;
    private static final double MEDIAN_SECONDS = 0.4;

    private final NotchFilter notch;
    private final ZeroPhaseFilter bandpass;
    private final int medianWindow;

    private FilterChain(NotchFilter notch, ZeroPhaseFilter bandpass, int medianWindow) {
        this.notch = notch;
        this.bandpass = bandpass;
        this.medianWindow = medianWindow;
    }

    /**
     * Tells whether the filters work at a sampling frequency: above 100 Hz and above twice the mains frequency, up to 2000 Hz.
     *
     * @param samplingFrequency Hz
     * @param mains what the notch removes
     * @return whether {@link #of} accepts it
     */
    public static boolean accepts(double samplingFrequency, MainsFrequency mains) {
        return samplingFrequency > minimumHertz(mains) && samplingFrequency <= MAXIMUM_HERTZ;
    }

    /**
     * Returns the frequency above which a sampling frequency must lie.
     *
     * @param mains what the notch removes
     * @return Hz, itself not accepted
     */
    public static double minimumHertz(MainsFrequency mains) {
        return Math.max(EXCLUSIVE_MINIMUM_HERTZ, 2.0 * mains.hertz());
    }

    /**
     * Designs the filters.
     *
     * @param samplingFrequency Hz
     * @param mains what the notch removes
     * @return the chain
     * @throws IllegalArgumentException if the frequency is not {@linkplain #accepts accepted}
     */
    public static FilterChain of(double samplingFrequency, MainsFrequency mains) {
        if (!accepts(samplingFrequency, mains)) {
            throw new IllegalArgumentException(
                    "sampling frequency must be above " + minimumHertz(mains) + " Hz and at most " + MAXIMUM_HERTZ
                            + " Hz for " + mains.hertz() + " Hz mains, was " + samplingFrequency);
        }
        ButterworthBandpass design = bandpass(samplingFrequency);
        int window = (int) (MEDIAN_SECONDS * samplingFrequency) + 1;
        return new FilterChain(
                NotchFilter.design(mains.hertz(), samplingFrequency),
                samplingFrequency <= POLYNOMIAL_LIMIT ? new PolynomialBandpass(design) : new SectionBandpass(design),
                window % 2 == 0 ? window + 1 : window);
    }

    /** Returns the design of the band-pass at a sampling frequency, Hz. */
    static ButterworthBandpass bandpass(double samplingFrequency) {
        return ButterworthBandpass.design(ORDER, LOW_HERTZ, HIGH_HERTZ, samplingFrequency);
    }

    /** Returns the length of the running median, samples; odd. */
    public int medianWindow() {
        return medianWindow;
    }

    /**
     * Runs the chain up to a stage.
     *
     * @param stage where to stop
     * @param millivolts [leads][samples], NaN where nothing was measured; not modified. At least {@value #MINIMUM_SAMPLES} samples
     * @return [leads][samples], millivolts; no unit after the z-score
     * @throws IllegalArgumentException if a lead is too short or has an infinite sample; the message names it by its index
     */
    public double[][] apply(FilterStage stage, double[][] millivolts) {
        double[][] result = new double[millivolts.length][];
        Scratch scratch = new Scratch(medianWindow);
        for (int lead = 0; lead < millivolts.length; lead++) {
            result[lead] = apply(stage, millivolts[lead], lead, scratch);
        }
        return stage == FilterStage.ZSCORE ? ZScore.of(result) : result;
    }

    private double[] apply(FilterStage stage, double[] millivolts, int lead, Scratch scratch) {
        double[] signal = clean(millivolts, lead);
        if (stage == FilterStage.CLEAN) {
            return signal;
        }
        if (signal.length < MINIMUM_SAMPLES) {
            throw new IllegalArgumentException("lead " + lead + " has " + signal.length
                    + " samples; the filters need at least " + MINIMUM_SAMPLES);
        }
        double[] work = scratch.work(signal.length + 2 * bandpass.padding());
        notch.apply(signal, work, signal);
        if (stage == FilterStage.NOTCH) {
            return signal;
        }
        bandpass.apply(signal, work, signal);
        if (stage == FilterStage.BANDPASS) {
            return signal;
        }
        scratch.median.apply(signal, work);
        for (int i = 0; i < signal.length; i++) {
            signal[i] = stage == FilterStage.BASELINE ? work[i] : signal[i] - work[i];
        }
        return signal;
    }

    /**
     * Replaces NaN by 0.
     *
     * @param millivolts [leads][samples]; not modified
     * @return [leads][samples], millivolts
     */
    static double[][] clean(double[][] millivolts) {
        double[][] result = new double[millivolts.length][];
        for (int lead = 0; lead < millivolts.length; lead++) {
            result[lead] = clean(millivolts[lead], lead);
        }
        return result;
    }

    private static double[] clean(double[] millivolts, int lead) {
        double[] clean = millivolts.clone();
        for (int i = 0; i < clean.length; i++) {
            if (Double.isNaN(clean[i])) {
                clean[i] = 0;
            } else if (Double.isInfinite(clean[i])) {
                throw new IllegalArgumentException("lead " + lead + " is infinite at sample " + i);
            }
        }
        return clean;
    }

    /** Buffers of one call, kept from lead to lead. */
    private static final class Scratch {
        private final RunningMedian median;
        private double[] work = new double[0];

        Scratch(int medianWindow) {
            this.median = new RunningMedian(medianWindow);
        }

        double[] work(int length) {
            if (work.length < length) {
                work = new double[length];
            }
            return work;
        }
    }
}
