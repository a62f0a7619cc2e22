package dev.ecgfhir.terminology;

import java.util.Locale;

/**
 * How soon a person should see an ECG on which a label is positive; the most serious first. A level belongs to the label, which is a
 * suggestion of an algorithm; it is no triage of the patient.
 */
public enum AlertLevel {
    /** A clinician should be told at once. */
    CRITICAL,
    /** A person should read the ECG on the same day. */
    URGENT,
    /** The ordinary order of reading. */
    ROUTINE;

    /** Returns the level as files and resources spell it, for example {@code critical}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
