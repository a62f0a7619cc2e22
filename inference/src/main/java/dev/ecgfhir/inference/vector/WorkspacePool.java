package dev.ecgfhir.inference.vector;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Lends buffers, so many at a time and no more; who comes when all are lent waits. Safe for concurrent callers.
 *
 * <p>Buffers that an unusually long signal has blown up are let go.
 */
final class WorkspacePool {
    /** The published network takes about 5 MiB for a window of 10 s, and 2 MiB for each that runs with it. */
    private static final long LARGEST_KEPT_BYTES = 64L << 20;

    private final Semaphore permits;
    private final ConcurrentLinkedDeque<Workspace> free = new ConcurrentLinkedDeque<>();

    WorkspacePool(int most) {
        permits = new Semaphore(most);
    }

    /** Runs {@code work} with buffers that nobody else has meanwhile. */
    <T> T with(Function<Workspace, T> work) {
        permits.acquireUninterruptibly();
        try {
            Workspace space = free.pollFirst();
            if (space == null) {
                space = new Workspace();
            }
            T result = work.apply(space);
            if (space.bytes() <= LARGEST_KEPT_BYTES) {
                free.addFirst(space);
            }
            return result;
        } finally {
            permits.release();
        }
    }

    /** Returns how many sets of buffers are kept at the moment. */
    int kept() {
        return free.size();
    }
}
