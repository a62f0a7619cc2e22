package dev.ecgfhir.api;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Some ECGs that are interpreted one after the other; what became of each is written to a file. Safe for concurrent callers. */
final class InterpretJob {
    private static final Logger LOG = LoggerFactory.getLogger(InterpretJob.class);

    private final String id;
    private final int total;
    private final Path file;
    private final Queue<Supplier<String>> waiting;

    private final AtomicInteger done = new AtomicInteger();
    private volatile boolean failed;
    private volatile boolean cancelled;
    private volatile @Nullable Instant ended;

    InterpretJob(String id, List<Supplier<String>> ecgs, Path file) {
        this.id = id;
        this.total = ecgs.size();
        this.file = file;
        this.waiting = new ArrayDeque<>(ecgs);
    }

    String id() {
        return id;
    }

    int total() {
        return total;
    }

    int done() {
        return done.get();
    }

    /** Returns true if the results could not be kept. */
    boolean failed() {
        return failed;
    }

    /** Returns when it was done; empty while it is not. */
    Optional<Instant> ended() {
        return Optional.ofNullable(ended);
    }

    /** Does the work; called once. */
    void run(Clock clock) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            write();
        } catch (IOException | RuntimeException e) {
            failed = true;
            LOG.error("job {} failed after {} of {} ECGs", id, done, total, e);
        } finally {
            waiting.clear();
            ended = clock.instant();
            if (cancelled || failed) {
                remove();
            }
        }
    }

    private void write() throws IOException {
        try (BufferedWriter entries = Files.newBufferedWriter(file)) {
            // Taken off one by one: an ECG that is done need not stay in memory.
            for (Supplier<String> next = waiting.poll(); next != null && !cancelled; next = waiting.poll()) {
                entries.write((done.get() == 0 ? "" : ",") + next.get());
                done.incrementAndGet();
            }
        }
    }

    /**
     * Writes the answer: a Bundle of type batch-response, with one entry for each ECG in the order of the request.
     *
     * @param out gets JSON in UTF-8; not closed
     */
    void copy(OutputStream out) throws IOException {
        out.write("{\"resourceType\":\"Bundle\",\"type\":\"batch-response\",\"entry\":["
                .getBytes(StandardCharsets.UTF_8));
        Files.copy(file, out);
        out.write("]}".getBytes(StandardCharsets.UTF_8));
    }

    /** Ends it after the ECG that it is at, and removes its results. */
    void cancel() {
        cancelled = true;
        if (ended != null) {
            remove();
        }
    }

    private void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("results of job {} could not be removed", id, e);
        }
    }
}
