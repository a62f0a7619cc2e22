package dev.ecgfhir.inference.vector;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Shares out the records of a batch, one to a thread; the caller works too. Threads wait parked, so that a busy machine is not made
 * busier. Safe for concurrent callers.
 */
final class Workers implements AutoCloseable {
    private final int helpers;
    private final ExecutorService pool;

    /** Makes {@code threads - 1} helpers, which start when they are first needed. */
    Workers(int threads) {
        helpers = threads - 1;
        pool = Executors.newFixedThreadPool(Math.max(1, helpers), task -> {
            Thread thread = new Thread(task, "ecgfhir-vector");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Does the work of each index from 0 to {@code count - 1}, and returns when all is done; a failure of any is thrown on. */
    void forEach(int count, IntConsumer work) {
        AtomicInteger next = new AtomicInteger();
        CountDownLatch open = new CountDownLatch(count);
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        Runnable share = () -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                try {
                    if (failure.get() == null) {
                        work.accept(i);
                    }
                } catch (RuntimeException e) {
                    failure.compareAndSet(null, e);
                } catch (Error e) {
                    failure.compareAndSet(null, new IllegalStateException("a forward pass failed: " + e, e));
                    throw e;
                } finally {
                    open.countDown();
                }
            }
        };
        for (int h = 0; h < Math.min(helpers, count - 1); h++) {
            pool.execute(share);
        }
        share.run();
        await(open);
        RuntimeException first = failure.get();
        if (first != null) {
            throw first;
        }
    }

    private static void await(CountDownLatch open) {
        boolean interrupted = false;
        while (open.getCount() > 0) {
            try {
                open.await();
            } catch (InterruptedException e) {
                interrupted = true; // buffers are in use until all is done
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
