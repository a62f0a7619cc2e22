package dev.ecgfhir.inference.batching;

import dev.ecgfhir.inference.Scores;
import dev.ecgfhir.inference.Urgency;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A caller's inputs on their way: complete when each has its scores, or one has failed. Safe to share between threads. */
final class Call {
    private final Urgency urgency;
    private final Scores[] scores;
    private final CountDownLatch open = new CountDownLatch(1);
    private int missing;
    private @Nullable Throwable failure;

    Call(Urgency urgency, int inputs) {
        this.urgency = urgency;
        this.scores = new Scores[inputs];
        this.missing = inputs;
    }

    Urgency urgency() {
        return urgency;
    }

    synchronized void answer(int index, Scores answer) {
        scores[index] = answer;
        if (--missing == 0) {
            open.countDown();
        }
    }

    synchronized void fail(Throwable cause) {
        if (failure == null && missing > 0) {
            failure = cause;
        }
        open.countDown();
    }

    /** Returns true if nobody waits for the rest: it has failed, or its caller has given up. */
    boolean over() {
        return open.getCount() == 0;
    }

    /** Waits for the end; false if the time was over first. */
    boolean await(long nanos) throws InterruptedException {
        return open.await(nanos, TimeUnit.NANOSECONDS);
    }

    void await() throws InterruptedException {
        open.await();
    }

    /** Returns the scores, or throws what one of the inputs failed with. */
    synchronized List<Scores> result() {
        if (failure instanceof RuntimeException known) {
            throw known;
        }
        if (failure != null) {
            throw new IllegalStateException("a forward pass failed: " + failure, failure);
        }
        return Arrays.asList(scores.clone());
    }
}
