package dev.ecgfhir.inference.vector;

import java.util.function.IntConsumer;

/** Those who work on one forward pass together. */
interface Team {
    /** One thread does all. */
    Team ALONE = (pieces, work) -> {
        for (int i = 0; i < pieces; i++) {
            work.accept(i);
        }
    };

    /**
     * Does the work of each piece, in any order, and returns when all is done.
     *
     * @param pieces from 0 to {@code pieces - 1}
     * @param work must not throw
     */
    void each(int pieces, IntConsumer work);
}
