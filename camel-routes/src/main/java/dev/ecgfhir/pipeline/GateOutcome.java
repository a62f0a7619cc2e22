package dev.ecgfhir.pipeline;

/** What the gate says of a recording: {@link Passed it can be interpreted} or {@link Refused it cannot}. */
public sealed interface GateOutcome {
    /**
     * It can be interpreted.
     *
     * @param signal what the preprocessing takes
     */
    record Passed(GatedSignal signal) implements GateOutcome {}

    /**
     * It cannot.
     *
     * @param reason stable code
     * @param detail what was found and what was expected; no patient data
     */
    record Refused(GateReason reason, String detail) implements GateOutcome {}
}
