package dev.ecgfhir.fhir.recording;

/**
 * Samples a second.
 *
 * @param hertz more than 0; FHIR R4 gives its inverse as {@code period} in milliseconds
 */
public record SamplingFrequency(double hertz) {
    /** Recordings must have more samples a second than this: twice the notch filter's 50 Hz. */
    public static final double ABOVE_HERTZ = 100;

    /** Recordings may have as many samples a second as this. */
    public static final double HIGHEST_HERTZ = 2000;

    /** Checks the range. */
    public SamplingFrequency {
        if (!(hertz > 0) || Double.isInfinite(hertz)) {
            throw new IllegalArgumentException("a sampling frequency must be more than 0 Hz and finite, was " + hertz);
        }
    }

    /** Tells whether recordings of this frequency are accepted, 100 &lt; fs &lt;= 2000 Hz. */
    public boolean isAccepted() {
        return hertz > ABOVE_HERTZ && hertz <= HIGHEST_HERTZ;
    }

    /** Returns the frequency as text without needless decimals, for example {@code 500 Hz}. */
    @Override
    public String toString() {
        return Numbers.text(hertz) + " Hz";
    }
}
