package dev.ecgfhir.fhir.recording;

/** Why a resource is not ours to read. The names are stable codes. */
public enum IgnoreReason {
    /** Not an Observation. */
    NOT_AN_OBSERVATION,
    /** An Observation without a waveform, for example an ECG impression. */
    NO_WAVEFORM,
    /** A waveform, but not an ECG. */
    NOT_AN_ECG,
    /** entered-in-error, cancelled or registered. */
    STATUS,
    /** Written by this product. */
    OWN_RESULT
}
