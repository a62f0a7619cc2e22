package dev.ecgfhir.pipeline;

/** What became of a recording: an {@link Interpreted interpretation} or a {@link Refused refusal}. */
public sealed interface Outcome {
    /**
     * It was interpreted.
     *
     * @param interpretation the result
     */
    record Interpreted(Interpretation interpretation) implements Outcome {}

    /**
     * It cannot be interpreted.
     *
     * @param reason stable code, a name of {@link GateReason}
     * @param detail what was found and what was expected; no patient data
     */
    record Refused(String reason, String detail) implements Outcome {}
}
