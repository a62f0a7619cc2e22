package dev.ecgfhir.inference.signal;

/**
 * What the public reference implementation hands to its network, stretching any duration to 5000 samples; for evaluation only, see
 * {@link Preprocessing} for what the product does.
 *
 * <p>Two defects of the reference are not copied: it leaves a 5000 Hz signal at its own length and halves a 10000 Hz one, because it
 * compares a number of samples with a frequency. Here every rate gives 5000 samples.
 *
 * <p>References: PKUDigitalHealth/ECGFounder at commit 04edac7, dataset.py, util.py, ptbxl_eval.py.
 */
public enum ReferenceStage {
    /** Filters, then one z-score; no resampling. */
    ZSCORE,
    /** {@link #ZSCORE}, then stretched. */
    ZSCORE_THEN_RESAMPLE,
    /** Filters, stretched, then one z-score. */
    RESAMPLE_THEN_ZSCORE,
    /** No filter: one z-score over the samples as they are (NaN as 0), then stretched. Takes any sampling frequency. */
    PTBXL;

    private static final int SAMPLES = 5000;

    /**
     * Runs the reference's steps.
     *
     * @param millivolts [leads][samples]; not modified
     * @param samplingFrequency Hz
     * @param mains what the notch removes; the reference knows 50 Hz only
     * @return [leads][samples or 5000], no unit
     */
    public double[][] apply(double[][] millivolts, double samplingFrequency, MainsFrequency mains) {
        return switch (this) {
            case ZSCORE -> FilterChain.of(samplingFrequency, mains).apply(FilterStage.ZSCORE, millivolts);
            case ZSCORE_THEN_RESAMPLE ->
                stretch(FilterChain.of(samplingFrequency, mains).apply(FilterStage.ZSCORE, millivolts));
            case RESAMPLE_THEN_ZSCORE ->
                ZScore.of(stretch(FilterChain.of(samplingFrequency, mains).apply(FilterStage.FILTERED, millivolts)));
            case PTBXL -> stretch(ZScore.of(FilterChain.clean(millivolts)));
        };
    }

    private static double[][] stretch(double[][] signal) {
        double[][] result = new double[signal.length][];
        for (int lead = 0; lead < signal.length; lead++) {
            result[lead] = Resampling.stretch(signal[lead], SAMPLES);
        }
        return result;
    }
}
