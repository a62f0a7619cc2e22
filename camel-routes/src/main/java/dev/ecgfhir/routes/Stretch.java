package dev.ecgfhir.routes;

import dev.ecgfhir.ledger.BackfillStep;
import java.time.Duration;

/** What comes next of an archive. */
sealed interface Stretch {
    /**
     * It was read.
     *
     * @param step what is in it
     * @param last true if nothing comes after it
     */
    record Read(BackfillStep step, boolean last) implements Stretch {}

    /**
     * It is not there yet.
     *
     * @param pause when to ask again
     * @param detail what is waited for
     */
    record Later(Duration pause, BackfillReason reason, String detail) implements Stretch {}

    /** It can never be read. */
    record Never(BackfillReason reason, String detail) implements Stretch {}
}
