package dev.ecgfhir.pipeline;

import dev.ecgfhir.fhir.recording.Recording;

/** Interprets recordings. Safe for concurrent callers. */
public interface Interpreter {
    /**
     * Takes one recording through gate, preprocessing, network and decision.
     *
     * @param recording the recording
     * @return its interpretation, or why there is none; never an exception for anything that a recording contains
     */
    Outcome interpret(Recording recording);
}
