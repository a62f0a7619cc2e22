package dev.ecgfhir.inference.signal;

/** A stage of {@link FilterChain}; each holds all that go before it. */
public enum FilterStage {
    /** NaN replaced by 0. */
    CLEAN,
    /** Then without the mains frequency. */
    NOTCH,
    /** Then the band from 0.67 to 40 Hz. */
    BANDPASS,
    /** The running median of {@link #BANDPASS}. */
    BASELINE,
    /** {@link #BANDPASS} minus {@link #BASELINE}: what the filters give, in millivolts. */
    FILTERED,
    /** {@link #FILTERED} with one z-score over all leads and samples; no unit. */
    ZSCORE
}
