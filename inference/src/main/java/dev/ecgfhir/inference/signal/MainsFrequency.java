package dev.ecgfhir.inference.signal;

/** Frequency of the electricity supply where the ECG was recorded; the notch filter removes it. */
public enum MainsFrequency {
    /** Europe, most of Asia and Africa; what the reference implementation always uses. */
    HERTZ_50(50),
    /** The Americas and parts of Asia. */
    HERTZ_60(60);

    private final int hertz;

    MainsFrequency(int hertz) {
        this.hertz = hertz;
    }

    /**
     * Returns the setting of a frequency.
     *
     * @param hertz 50 or 60
     * @return the setting
     */
    public static MainsFrequency ofHertz(int hertz) {
        for (MainsFrequency mains : values()) {
            if (mains.hertz == hertz) {
                return mains;
            }
        }
        throw new IllegalArgumentException("mains frequency must be 50 or 60 Hz, was " + hertz);
    }

    /** Returns the frequency, Hz. */
    public int hertz() {
        return hertz;
    }
}
