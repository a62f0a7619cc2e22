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

    /**
     * Does the same as asked for.
     *
     * @param recording the recording
     * @param request how the caller waits, and which model is to read it
     * @return its interpretation, or why there is none
     * @throws dev.ecgfhir.inference.BusyException if others were before the caller and it does not wait (any longer)
     */
    default Outcome interpret(Recording recording, ReadingRequest request) {
        return request.model().isEmpty()
                ? interpret(recording)
                : new Outcome.Refused(
                        GateReason.NO_SUCH_MODEL.name(), "models cannot be asked for by name or hash here");
    }
}
