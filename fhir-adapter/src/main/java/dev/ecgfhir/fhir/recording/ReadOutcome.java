package dev.ecgfhir.fhir.recording;

/** What became of a resource that was to be read as an ECG: a {@link Read recording}, a {@link Refused refusal}, or {@link Ignored nothing of ours}. */
public sealed interface ReadOutcome {
    /**
     * It is a recording.
     *
     * @param recording the recording
     */
    record Read(Recording recording) implements ReadOutcome {}

    /**
     * It is an ECG, but cannot be read.
     *
     * @param reason stable code
     * @param element the FHIR path or the file's part, for example {@code Observation.component[3].valueSampledData.period}
     * @param detail what was found and what was expected; no patient data
     */
    record Refused(RefusalReason reason, String element, String detail) implements ReadOutcome {}

    /**
     * It is not an ECG waveform.
     *
     * @param reason stable code
     * @param detail what was found; no patient data
     */
    record Ignored(IgnoreReason reason, String detail) implements ReadOutcome {}
}
