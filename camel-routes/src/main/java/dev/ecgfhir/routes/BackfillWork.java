package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.source.SourceException;
import dev.ecgfhir.ledger.Backfill;
import dev.ecgfhir.ledger.Backfills;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.Priority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on with the oldest running backfill of one source, on the node that polls the source, for as long as it is let: until the rate
 * says wait, the queue is full, the source fails, somebody pauses the job, or the routes stop. Called again and again; everything that has
 * to last stands in the ledger.
 */
final class BackfillWork implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(BackfillWork.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration FULL = Duration.ofSeconds(5);
    private static final Duration OUR_ERROR = Duration.ofSeconds(30);

    private final SourceLane lane;
    private final Ledger ledger;
    private final Backfills jobs;
    private final Archives archives;
    private final Clock clock;
    private @Nullable ArchiveReading reading;
    private long readingFor;
    private Instant notBefore = Instant.MIN;

    /**
     * Works for one source.
     *
     * @param archives begins to read for a job from its cursor
     */
    BackfillWork(SourceLane lane, Ledger ledger, Archives archives, Clock clock) {
        this.lane = lane;
        this.ledger = ledger;
        this.jobs = ledger.backfills();
        this.archives = archives;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        boolean goesOn = lane.watch().isMine() && !clock.instant().isBefore(notBefore);
        while (goesOn && !exchange.getContext().isStopping()) {
            goesOn = goOn();
        }
        if (exchange.getContext().isStopping() || !lane.watch().isMine()) {
            close();
        }
    }

    private boolean goOn() {
        try {
            return step();
        } catch (RelievedException e) {
            LOG.info(
                    "source {}: another node fills from its archive now",
                    lane.config().name());
        } catch (RuntimeException e) {
            notBefore = clock.instant().plus(OUR_ERROR);
            LOG.error("source {}: backfill: {}; going on at {}", lane.config().name(), Failures.describe(e), notBefore);
        }
        close();
        return false;
    }

    /** Reads one stretch; returns true if the next may follow at once. */
    private boolean step() {
        Optional<Backfill> job = jobs.next(lane.config().name());
        if (job.isEmpty()) {
            close();
            tidyUp();
            return false;
        }
        if (!lane.pause().mayCall() || queueIsFull(job.get())) {
            return false;
        }
        Instant begun = clock.instant();
        Stretch stretch;
        try {
            stretch = reading(job.get()).next(job.get());
        } catch (SourceException e) {
            failed(job.get(), begun, e);
            return false;
        }
        lane.pause().succeeded();
        return follow(job.get(), stretch);
    }

    private void tidyUp() {
        for (Backfill cancelled : jobs.cancelled(lane.config().name())) {
            archives.giveBack(cancelled);
            jobs.tidied(cancelled);
        }
    }

    private boolean queueIsFull(Backfill job) {
        int longest = lane.config().archive().longestQueue();
        int waiting = ledger.waiting(lane.source().base(), Priority.BACKFILL, longest);
        if (waiting >= longest) {
            waits(job, FULL, BackfillReason.QUEUE_FULL, longest + " ECGs of the archive wait to be interpreted");
            return true;
        }
        return false;
    }

    private boolean follow(Backfill job, Stretch stretch) {
        if (stretch instanceof Stretch.Read read) {
            return store(job, read);
        } else if (stretch instanceof Stretch.Later later) {
            waits(job, later.pause(), later.reason(), later.detail());
            return false;
        } else if (stretch instanceof Stretch.Never never) {
            end(job, Optional.of(never.reason()), Optional.of(never.detail()));
            return true;
        }
        throw new IllegalStateException("unknown stretch " + stretch.getClass());
    }

    private boolean store(Backfill job, Stretch.Read read) {
        Optional<Backfill> after =
                jobs.step(job, lane.watch().term(), lane.source().base(), read.step());
        if (after.isEmpty()) {
            close(); // paused, or taken over: what was read is read again
            return lane.watch().isMine();
        }
        if (read.last()) {
            end(after.get(), Optional.empty(), Optional.empty());
            return true;
        }
        long fresh = after.get().counts().discovered() - job.counts().discovered();
        int rate = job.order().rate() > 0
                ? job.order().rate()
                : lane.config().archive().rate();
        if (rate > 0 && fresh > 0) {
            Instant now = clock.instant();
            notBefore = (notBefore.isAfter(now) ? notBefore : now)
                    .plus(MINUTE.multipliedBy(fresh).dividedBy(rate));
            rest();
            return false;
        }
        return true;
    }

    private void end(Backfill job, Optional<BackfillReason> reason, Optional<String> detail) {
        close();
        if (jobs.end(job, lane.watch().term(), reason.map(Enum::name), detail)) {
            String name = lane.config().name();
            Backfill.Counts counts = job.counts();
            if (reason.isPresent()) {
                LOG.error("source {}: backfill {} failed: {}: {}", name, job.id(), reason.get(), detail.orElse(""));
            } else {
                LOG.info(
                        "source {}: backfill {} is done: {} ECGs found, {} of them new, {} lines unreadable",
                        name,
                        job.id(),
                        counts.found(),
                        counts.discovered(),
                        counts.bad());
            }
        }
    }

    private void failed(Backfill job, Instant begun, SourceException failure) {
        close();
        boolean forbidden = failure.reason() == SourceException.Reason.NOT_ALLOWED;
        String detail = String.valueOf(failure.getMessage()); // without the server's own words
        if (!failure.retryable() && !forbidden) {
            end(job, Optional.of(BackfillReason.ARCHIVE_REJECTED), Optional.of(detail));
            return;
        }
        Instant next = lane.pause().failed(begun, failure.retryAfter());
        LOG.warn("source {}: backfill: {}; asking again at {}", lane.config().name(), detail, next);
        note(job, forbidden ? BackfillReason.SOURCE_NOT_ALLOWED : BackfillReason.SOURCE_UNAVAILABLE, detail);
    }

    private void waits(Backfill job, Duration pause, BackfillReason reason, String detail) {
        notBefore = clock.instant().plus(pause);
        rest();
        note(job, reason, detail);
    }

    private void note(Backfill job, BackfillReason reason, String detail) {
        if (!job.reason().equals(Optional.of(reason.name())) || !job.detail().equals(Optional.of(detail))) {
            jobs.waits(job, reason.name(), detail);
        }
    }

    private ArchiveReading reading(Backfill job) {
        ArchiveReading present = reading;
        if (present == null || readingFor != job.id()) {
            close();
            present = archives.reading(job);
            reading = present;
            readingFor = job.id();
        }
        return present;
    }

    private void rest() {
        ArchiveReading present = reading;
        if (present != null) {
            present.rest();
        }
    }

    private void close() {
        ArchiveReading last = reading;
        reading = null;
        if (last != null) {
            last.close();
        }
    }
}
