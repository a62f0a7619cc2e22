package dev.ecgfhir.inference.batching;

import dev.ecgfhir.inference.Urgency;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bounded queue in front of a model, with a lane for each urgency. Safe to share between threads.
 *
 * <p>Neither lane can starve the other: each has places of its own, and while both wait, every
 * {@value Lanes#LIVE_IN_A_ROW} live inputs are followed by one of the backlog.
 */
final class WaitingLine {
    private final Lanes lanes;
    private final ReentrantLock lock = new ReentrantLock(true); // who has waited longest for a place gets it
    private final Condition filled = lock.newCondition();
    private final Condition freed = lock.newCondition();
    private boolean closed;

    WaitingLine(int places) {
        this.lanes = new Lanes(places);
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
            while (!closed && lanes.full(urgency) && !place.call().over()) {
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
                lanes.add(place);
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
            if (lanes.remove(call)) {
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
                if (lanes.waiting() == 0) {
                    if (closed) {
                        return List.of();
                    }
                    filled.awaitUninterruptibly();
                } else if (!closed && isWorthWaiting(worker)) {
                    await(worker.windowNanos() - lanes.age());
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
        return lanes.waiting() < worker.records() && lanes.age() < worker.windowNanos();
    }

    /** What waits is shared out among the passes that can run at once: with few callers each gets a processor of its own. */
    private int share(Worker worker) {
        int shared = (lanes.waiting() + worker.passes() - 1) / worker.passes();
        return Math.min(worker.records(), Math.max(1, shared));
    }

    private List<Place> next(int most) {
        List<Place> batch = lanes.next(most);
        freed.signalAll();
        if (lanes.waiting() > 0) {
            filled.signal();
        }
        return batch;
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is take's, which looks at the queue again
    private void await(long nanos) {
        try {
            filled.await(Math.max(1, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // nobody interrupts workers on purpose; the queue alone says when to stop
        }
    }

    /** Returns how many inputs of an urgency wait. */
    int waiting(Urgency urgency) {
        lock.lock();
        try {
            return lanes.waiting(urgency);
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
