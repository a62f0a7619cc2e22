package dev.ecgfhir.inference.vector;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Several threads on one forward pass. One caller at a time; whoever comes meanwhile gets {@link Team#ALONE}.
 *
 * <p>Pieces are taken one after another by whoever is free, so that the caller finishes alone if no helper comes. It waits only for pieces
 * that a helper has begun: first spinning, because they are short, then parked. Where helpers keep it waiting (their processor is busy with
 * something else), they are left out for a while. Helpers spin for a short time between two rounds and then park.
 */
final class SharedTeam implements Team, AutoCloseable {
    private static final int SPINS = 4000; // about 50 us
    private static final long PARK_NANOS = 50_000;

    /** Part of a pass, spent waiting beyond spinning, that shows a helper to be kept from work. */
    private static final int TOO_LONG = 4;

    private static final int FIRST_REST = 4; // passes
    private static final int LONGEST_REST = 64;

    private static final int COUNT_BITS = 16;
    private static final int ROUND_SHIFT = 2 * COUNT_BITS;
    private static final int MOST_PIECES = (1 << COUNT_BITS) - 256;

    /** Round, number of its pieces, next piece, in one word, so that a piece is never taken for that of another round. */
    private final AtomicLong next = new AtomicLong();

    private final AtomicInteger done = new AtomicInteger();
    private final Thread[] helpers;
    private final AtomicInteger parked = new AtomicInteger();
    private volatile boolean closed;
    private volatile IntConsumer work = piece -> {};
    private volatile @Nullable Throwable failure;

    private boolean taken; // the rest is guarded by this, or belongs to the caller
    private int round;
    private long began;
    private long waited;
    private int rest = FIRST_REST;
    private int resting;

    /** Makes the team; {@code threads - 1} helpers wait parked. */
    SharedTeam(int threads) {
        helpers = new Thread[threads - 1];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Thread(this::help, "ecgfhir-vector-team");
            helpers[i].setDaemon(true);
            helpers[i].start();
        }
    }

    /** Returns this team if it is free and has not been told to rest, else a team of one. */
    synchronized Team borrow() {
        if (taken || closed) {
            return ALONE;
        }
        if (resting > 0) {
            resting--;
            return ALONE;
        }
        taken = true;
        waited = 0;
        began = System.nanoTime();
        return this;
    }

    /** Ends what {@link #borrow} began. */
    synchronized void giveBack(Team team) {
        if (team != this) {
            return;
        }
        taken = false;
        if (waited > (System.nanoTime() - began) / TOO_LONG) {
            resting = rest;
            rest = Math.min(2 * rest, LONGEST_REST);
        } else {
            rest = FIRST_REST;
        }
    }

    @Override
    public void each(int count, IntConsumer task) {
        if (count < 2 || count > MOST_PIECES) {
            ALONE.each(count, task);
            return;
        }
        work = task;
        done.set(0);
        round++;
        next.set(((long) round << ROUND_SHIFT) | ((long) count << COUNT_BITS));
        if (parked.get() > 0) {
            for (Thread helper : helpers) {
                LockSupport.unpark(helper);
            }
        }
        takePieces();
        await(count);
        work = piece -> {}; // a parked helper must not keep the caller's buffers
        Throwable failed = failure;
        if (failed != null) {
            failure = null;
            throw new IllegalStateException("a forward pass failed: " + failed, failed);
        }
    }

    private void await(int count) {
        for (int spins = 0; done.get() < count; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                long before = System.nanoTime();
                LockSupport.parkNanos(this, PARK_NANOS);
                waited += System.nanoTime() - before;
            }
        }
    }

    /** Does pieces of the current round until there are no more. A piece that is taken keeps its round, and so its work, from ending. */
    private void takePieces() {
        while (true) {
            long taken = next.getAndIncrement();
            int piece = (int) (taken & 0xffff);
            if (piece >= (int) ((taken >>> COUNT_BITS) & 0xffff)) {
                return;
            }
            try {
                work.accept(piece);
            } catch (RuntimeException | Error e) {
                failure = e; // thrown by the caller of the round
            } finally {
                done.getAndIncrement();
            }
        }
    }

    private void help() {
        long seen = 0;
        int spins = 0;
        while (!closed) {
            long current = next.get() >>> ROUND_SHIFT;
            if (current != seen) {
                seen = current;
                takePieces();
                spins = 0;
            } else if (spins++ < SPINS) {
                Thread.onSpinWait();
            } else {
                parked.getAndIncrement();
                if (next.get() >>> ROUND_SHIFT == seen && !closed) {
                    LockSupport.park(this);
                }
                parked.getAndDecrement();
                spins = 0;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }
}
