package dev.ecgfhir.inference.batching;

import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.Scores;

/** One input in the queue, and where its scores go. */
final class Place {
    private final ModelInput input;
    private final Call call;
    private final int index;
    private final long since = System.nanoTime();

    Place(ModelInput input, Call call, int index) {
        this.input = input;
        this.call = call;
        this.index = index;
    }

    ModelInput input() {
        return input;
    }

    Call call() {
        return call;
    }

    /** Returns when it was made, as {@link System#nanoTime} tells it. */
    long since() {
        return since;
    }

    void answer(Scores scores) {
        call.answer(index, scores);
    }

    void fail(Throwable failure) {
        call.fail(failure);
    }
}
