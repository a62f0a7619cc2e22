package dev.ecgfhir.fhir.recording;

/**
 * Samples a second.
 *
 * @param hertz more than 0; FHIR R4 gives its inverse as {@code period} in milliseconds
 */
public record SamplingFrequency(double hertz) {
    /** Checks the range. */
    public SamplingFrequency {
        if (!(hertz > 0) || Double.isInfinite(hertz)) {
            throw new IllegalArgumentException("a sampling frequency must be more than 0 Hz and finite, was " + hertz);
        }
    }
}
