package dev.ecgfhir.inference.download;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Reads a body and breaks off where nothing arrives any more: the JDK's client waits for the head of an answer with a limit, but for
 * its body without one. For one reading thread.
 */
final class Stall implements AutoCloseable {
    private final InputStream body;
    private final Duration patience;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "download-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledFuture<?> looking;
    private volatile long lastArrival = System.nanoTime();
    private volatile boolean broken;

    Stall(InputStream body, Duration patience) {
        this.body = body;
        this.patience = patience;
        long every = Math.max(1, patience.toMillis() / 10);
        looking = watch.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    /** Reads as an input stream does. */
    int read(byte[] buffer) throws IOException {
        int count;
        try {
            lastArrival = System.nanoTime();
            count = body.read(buffer);
        } catch (IOException e) {
            throw broken ? stalled() : e;
        }
        if (count < 0 && broken) {
            throw stalled();
        }
        return count;
    }

    private void look() {
        if (System.nanoTime() - lastArrival > patience.toNanos() && !broken) {
            broken = true;
            try {
                body.close(); // wakes the reader
            } catch (IOException e) {
                // the reader gets its own exception
            }
        }
    }

    private IOException stalled() {
        return new IOException("nothing arrived for " + patience.toMillis() / 1000.0 + " s");
    }

    @Override
    public void close() {
        looking.cancel(false);
        watch.shutdownNow();
    }
}
