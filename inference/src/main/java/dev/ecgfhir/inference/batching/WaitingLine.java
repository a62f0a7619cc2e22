package dev.ecgfhir.inference.batching;

import dev.ecgfhir.inference.Urgency;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bounded queue in front of a model, with a lane for each urgency. Safe to share between threads.
 *
 * <p>Neither lane can starve the other: each has places of its own (a quarter is the backlog's), and while both wait, every
 * {@value #LIVE_IN_A_ROW} live inputs are followed by one of the backlog.
 */
final class WaitingLine {
    private static final int LIVE_IN_A_ROW = 4;

    private final int livePlaces;
    private final int backlogPlaces;
    private final Deque<Place> live = new ArrayDeque<>();
    private final Deque<Place> backlog = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock(true); // who has waited longest for a place gets it
    private final Condition filled = lock.newCondition();
    private final Condition freed = lock.newCondition();
    private int liveInARow;
    private boolean closed;

    WaitingLine(int places) {
        this.backlogPlaces = Math.max(1, places / 4);
        this.livePlaces = places - backlogPlaces;
    }

    /** What became of a place that was offered. */
    enum Offer {
        TAKEN,
        FULL,
        CLOSED
    }

    /**
     * Puts an input into the queue.
     *
     * @param nanos longest wait for a free place; 0 for none, negative for as long as it takes
     */
    Offer offer(Place place, long nanos) throws InterruptedException {
        Urgency urgency = place.call().urgency();
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (!closed && full(urgency) && !place.call().over()) {
                if (nanos >= 0 && left <= 0) {
                    return Offer.FULL;
                }
                if (nanos < 0) {
                    freed.await();
                } else {
                    left = freed.awaitNanos(left);
                }
            }
            if (closed) {
                return Offer.CLOSED;
            }
            if (!place.call().over()) {
                lane(urgency).addLast(place);
                filled.signal();
            }
            return Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the inputs of a call that has ended out of the queue. */
    void remove(Call call) {
        lock.lock();
        try {
            if (lane(call.urgency()).removeIf(place -> place.call() == call)) {
                freed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the inputs of the next pass: of one length, in the order of the queue; waits until there is one.
     *
     * @param worker tells how many, and whether any are wanted at all
     * @return at least one; none if no more come or the worker is not needed any more
     */
    List<Place> take(Worker worker) {
        lock.lock();
        try {
            while (worker.wanted()) {
                if (waiting() == 0) {
                    if (closed) {
                        return List.of();
                    }
                    filled.awaitUninterruptibly();
                } else if (!closed && isWorthWaiting(worker)) {
                    await(worker.windowNanos() - age());
                } else {
                    return next(share(worker));
                }
            }
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    /** What a worker of this queue asks for. */
    interface Worker {
        /** Returns false once it is not needed any more. */
        boolean wanted();

        /** Returns the most inputs of a pass. */
        int records();

        /** Returns how many passes run at once. */
        int passes();

        /** Returns how long an input waits for others at most, 0 if not at all. */
        long windowNanos();
    }

    private boolean isWorthWaiting(Worker worker) {
        return waiting() < worker.records() && age() < worker.windowNanos();
    }

    /** What waits is shared out among the passes that can run at once: with few callers each gets a processor of its own. */
    private int share(Worker worker) {
        int shared = (waiting() + worker.passes() - 1) / worker.passes();
        return Math.min(worker.records(), Math.max(1, shared));
    }

    private List<Place> next(int most) {
        List<Place> batch = new ArrayList<>(most);
        Place first = lane(nextLane()).removeFirst();
        batch.add(first);
        int samples = first.input().samples();
        while (batch.size() < most && waiting() > 0) {
            Urgency lane = nextLane();
            if (!moveOne(lane, samples, batch) && !moveOne(other(lane), samples, batch)) {
                break;
            }
        }
        freed.signalAll();
        if (waiting() > 0) {
            filled.signal();
        }
        return batch;
    }

    /** Takes the lane's first input of that length. */
    private boolean moveOne(Urgency urgency, int samples, List<Place> batch) {
        Iterator<Place> lane = lane(urgency).iterator();
        while (lane.hasNext()) {
            Place place = lane.next();
            if (place.input().samples() == samples) {
                lane.remove();
                batch.add(place);
                return true;
            }
        }
        return false;
    }

    private Urgency nextLane() {
        if (live.isEmpty()) {
            return Urgency.BACKLOG;
        }
        if (backlog.isEmpty()) {
            liveInARow = 0;
            return Urgency.LIVE;
        }
        liveInARow = (liveInARow + 1) % (LIVE_IN_A_ROW + 1);
        return liveInARow == 0 ? Urgency.BACKLOG : Urgency.LIVE;
    }

    private static Urgency other(Urgency urgency) {
        return urgency == Urgency.LIVE ? Urgency.BACKLOG : Urgency.LIVE;
    }

    /** Returns for how long the oldest input has waited, ns. */
    private long age() {
        long now = System.nanoTime();
        long oldest = live.isEmpty() ? 0 : now - live.getFirst().since();
        return backlog.isEmpty()
                ? oldest
                : Math.max(oldest, now - backlog.getFirst().since());
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is take's, which looks at the queue again
    private void await(long nanos) {
        try {
            filled.await(Math.max(1, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // nobody interrupts workers on purpose; the queue alone says when to stop
        }
    }

    private boolean full(Urgency urgency) {
        return switch (urgency) {
            case LIVE -> live.size() >= livePlaces;
            case BACKLOG -> backlog.size() >= backlogPlaces;
        };
    }

    private int waiting() {
        return live.size() + backlog.size();
    }

    private Deque<Place> lane(Urgency urgency) {
        return switch (urgency) {
            case LIVE -> live;
            case BACKLOG -> backlog;
        };
    }

    /** Returns how many inputs of an urgency wait. */
    int waiting(Urgency urgency) {
        lock.lock();
        try {
            return lane(urgency).size();
        } finally {
            lock.unlock();
        }
    }

    /** Has every worker look again whether it is wanted. */
    void wakeWorkers() {
        lock.lock();
        try {
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody in any more; what waits is still taken out. */
    void close() {
        lock.lock();
        try {
            closed = true;
            filled.signalAll();
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
