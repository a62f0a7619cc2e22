package dev.ecgfhir.pipeline;

import dev.ecgfhir.fhir.recording.Recording;
import java.util.List;

/** Interprets recordings. Safe for concurrent callers. */
public interface Interpreter {
    /**
     * Takes one recording through gate, preprocessing, network and decision.
     *
     * @param recording the recording
     * @return its interpretation, or why there is none; never an exception for anything that a recording contains
     */
    Outcome interpret(Recording recording);

    /** Returns the hashes of the models that it reads with, {@code sha256:<hex>}; empty where they are not known. */
    default List<String> modelHashes() {
        return List.of();
    }
}
