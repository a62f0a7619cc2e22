package dev.ecgfhir.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ECGs that are interpreted in the background, one job after the other.
 *
 * <p>Bounded: at most {@value #MOST_JOBS} jobs, done ones included, of at most {@value #MOST_ECGS} ECGs. Results go to files, not to
 * memory, and are removed an hour after a job is done. A job does not survive the end of the server; who asks for it later is told that.
 * Safe for concurrent callers.
 */
public final class InterpretJobs implements AutoCloseable {
    static final int MOST_JOBS = 16;
    static final int MOST_ECGS = 500;
    static final Duration KEPT = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(InterpretJobs.class);
    private static final String SUFFIX = ".entries.json";

    private final Path directory;
    private final Clock clock;
    /** Begins the id of each job, so that one of an earlier run can be told from one that never was. */
    private final String run = UUID.randomUUID().toString().substring(0, 8);

    private final Map<String, InterpretJob> jobs = new LinkedHashMap<>();
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "interpret-jobs");
        thread.setDaemon(true);
        return thread;
    });

    private final ScheduledFuture<?> removal;

    /**
     * Makes it, and removes what an earlier run left behind.
     *
     * @param directory where results are kept, for this alone; made when first needed
     * @param clock tells when results are old
     */
    public InterpretJobs(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
        removeLeftOvers();
        this.removal = worker.scheduleWithFixedDelay(this::removeOld, 1, 1, TimeUnit.MINUTES);
    }

    /**
     * Begins a job.
     *
     * @param ecgs what each ECG's entry in the answer is made by, in order
     * @return the job
     * @throws ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException if there are too many ECGs or jobs
     */
    synchronized InterpretJob start(List<Supplier<String>> ecgs) {
        if (ecgs.size() > MOST_ECGS) {
            throw Outcomes.failure(
                    413,
                    IssueType.TOOCOSTLY,
                    "TOO_MANY_ECGS",
                    Optional.empty(),
                    "a job takes up to " + MOST_ECGS + " ECGs, this one has " + ecgs.size() + "; divide it");
        }
        removeOld();
        if (jobs.size() >= MOST_JOBS) {
            throw Outcomes.failure(
                    503,
                    IssueType.THROTTLED,
                    "TOO_MANY_JOBS",
                    Optional.empty(),
                    "there are " + MOST_JOBS
                            + " jobs, and results are kept for an hour; fetch results and DELETE their jobs, or try again later");
        }
        String id = run + "-" + UUID.randomUUID();
        InterpretJob job = new InterpretJob(id, ecgs, directory.resolve(id + SUFFIX));
        jobs.put(id, job);
        worker.execute(() -> job.run(clock));
        return job;
    }

    /**
     * Finds a job.
     *
     * @throws ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException if there is none (any more)
     */
    synchronized InterpretJob find(String id) {
        removeOld();
        InterpretJob job = jobs.get(id);
        if (job != null) {
            return job;
        }
        if (id.matches("[0-9a-f]{8}-[0-9a-f-]{36}") && !id.startsWith(run)) {
            throw Outcomes.failure(
                    410,
                    IssueType.TRANSIENT,
                    "JOB_LOST",
                    Optional.empty(),
                    "the job was begun before the server's last start, and jobs do not survive one; ask for the ECGs again");
        }
        throw Outcomes.failure(
                404,
                IssueType.NOTFOUND,
                "NO_SUCH_JOB",
                Optional.empty(),
                "there is no such job: it never was, was cancelled, or was done more than an hour ago");
    }

    /** Ends a job and removes its results. */
    synchronized void cancel(String id) {
        InterpretJob job = find(id);
        jobs.remove(id);
        job.cancel();
    }

    private synchronized void removeOld() {
        Instant limit = clock.instant().minus(KEPT);
        jobs.values().removeIf(job -> {
            boolean old = job.ended().filter(limit::isAfter).isPresent();
            if (old) {
                job.cancel();
            }
            return old;
        });
    }

    private void removeLeftOvers() {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(SUFFIX)).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.warn("results of jobs of an earlier run could not be removed from {}", directory, e);
        }
    }

    /** Ends all jobs. */
    @Override
    public synchronized void close() {
        removal.cancel(false);
        worker.shutdownNow();
        jobs.values().forEach(InterpretJob::cancel);
        jobs.clear();
    }
}
