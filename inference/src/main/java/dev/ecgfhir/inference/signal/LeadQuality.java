package dev.ecgfhir.inference.signal;

/**
 * What one lead's signal looks like before any filter; measured here, judged elsewhere.
 *
 * @param gaps runs of samples that were not measured
 * @param longestGapSeconds duration of the longest such run, s
 * @param gapShare part of all samples that were not measured, 0..1
 * @param flatShare part of the lead, 0..1, in flat stretches (see {@link SignalQuality})
 * @param longestFlatSeconds duration of the longest flat stretch, s
 * @param saturatedShare part of all samples, 0..1, that stick to the lead's own highest or lowest value
 * @param peakToPeakMillivolts highest minus lowest sample, mV; 0 where nothing was measured
 */
public record LeadQuality(
        int gaps,
        double longestGapSeconds,
        double gapShare,
        double flatShare,
        double longestFlatSeconds,
        double saturatedShare,
        double peakToPeakMillivolts) {}
