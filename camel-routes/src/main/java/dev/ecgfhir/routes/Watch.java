package dev.ecgfhir.routes;

import dev.ecgfhir.ledger.Duties;
import dev.ecgfhir.ledger.DutyHolder;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.Term;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's part in a duty that one node at a time has, for one source. It believes that it has the duty for no longer than the
 * database does: the time is counted from before the question. Safe to share between threads.
 */
final class Watch {
    /** The duty to look for what is new on a source. */
    static final String POLL = "poll";

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final Ledger ledger;
    private final Duties duties;
    private final String job;
    private final String subject;
    private final Duration lease;
    private final LongSupplier nanos;
    private volatile Part part = new Part(null, 0, Optional.empty());
    private volatile boolean ended;
    private volatile Optional<Instant> looked = Optional.empty();

    /**
     * Makes a part that is not taken yet.
     *
     * @param duties with the same lease
     * @param subject the source's base address
     * @param nanos counts nanoseconds
     */
    Watch(Ledger ledger, Duties duties, String job, String subject, Duration lease, LongSupplier nanos) {
        this.ledger = ledger;
        this.duties = duties;
        this.job = job;
        this.subject = subject;
        this.lease = lease;
        this.nanos = nanos;
    }

    /** Returns the duty to poll one source. */
    static Watch poll(Ledger ledger, Duties duties, String source, NodeConfig node) {
        return new Watch(ledger, duties, POLL, source, node.lease(), System::nanoTime);
    }

    /**
     * Takes the duty, or keeps it.
     *
     * @return true if this node has it now
     */
    synchronized boolean take() {
        if (ended) {
            return false;
        }
        boolean before = part.term() != null;
        long asked = nanos.getAsLong();
        Optional<Term> term = duties.take(job, subject);
        part = new Part(term.orElse(null), asked + lease.toNanos(), holder());
        if (term.isPresent() != before) {
            LOG.info(
                    "{} {}: {}",
                    job,
                    subject,
                    term.isPresent() ? "this node does it from now on" : "another node does it now");
        }
        return term.isPresent();
    }

    private Optional<String> holder() {
        return ledger.dutyHolders().stream()
                .filter(one -> one.job().equals(job) && one.subject().equals(subject) && one.held())
                .map(DutyHolder::node)
                .findFirst();
    }

    /**
     * Returns the term in which this node has the duty.
     *
     * @throws RelievedException if it has not, or may not have it any more
     */
    Term term() {
        Part present = part;
        if (present.term() == null || !isMine(present)) {
            throw new RelievedException();
        }
        return present.term();
    }

    /** Returns true while this node surely has the duty. */
    boolean isMine() {
        return isMine(part);
    }

    private boolean isMine(Part present) {
        return present.term() != null && nanos.getAsLong() - present.end() < 0;
    }

    /** Ends it for good, so that another node takes over at once. */
    synchronized void resign() {
        ended = true;
        Term last = part.term();
        part = new Part(null, 0, Optional.empty());
        if (last != null) {
            duties.resign(last);
        }
    }

    /** Notes that everything was found that was there at an instant. */
    void looked(Instant when) {
        looked = Optional.of(when);
    }

    /** Returns what is known without asking the database. */
    Lane.Poller poller() {
        Part present = part;
        boolean here = isMine(present);
        return new Lane.Poller(present.holder(), here, here ? looked : Optional.empty());
    }

    /**
     * What the last question gave.
     *
     * @param term null if another process has the duty
     * @param end until when, by the counter of nanoseconds
     * @param holder the node that has it
     */
    private record Part(@Nullable Term term, long end, Optional<String> holder) {}
}
