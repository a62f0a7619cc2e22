package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.pipeline.Interpreter;
import dev.ecgfhir.pipeline.Outcome;
import dev.ecgfhir.pipeline.ReadingRequest;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets at most so many recordings be interpreted at once, whatever sources they come from. Who waits longest is next, so that a source
 * with a long backlog does not hold up the others.
 */
final class BoundedInterpreter implements Interpreter {
    private final Interpreter interpreter;
    private final Semaphore places;

    BoundedInterpreter(Interpreter interpreter, int places) {
        this.interpreter = interpreter;
        this.places = new Semaphore(places, true);
    }

    @Override
    public Outcome interpret(Recording recording) {
        return inTurn(() -> interpreter.interpret(recording));
    }

    @Override
    public Outcome interpret(Recording recording, ReadingRequest request) {
        return inTurn(() -> interpreter.interpret(recording, request));
    }

    private Outcome inTurn(Supplier<Outcome> work) {
        places.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    @Override
    public List<String> modelHashes() {
        return interpreter.modelHashes();
    }
}
