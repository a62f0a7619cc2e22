package dev.ecgfhir.inference.batching;

/**
 * How many inputs a forward pass may have at present. It is halved when the device runs out of memory, and doubled again, up to what was
 * configured, after {@value #GOOD_PASSES} full passes without trouble: the memory may have been another program's for a while. Safe to
 * share between threads.
 */
final class BatchSize {
    private static final int GOOD_PASSES = 500;

    private final int most;
    private int now;
    private int good;

    BatchSize(int most) {
        this.most = most;
        this.now = most;
    }

    synchronized int now() {
        return now;
    }

    /** Notes that a pass of so many inputs was too much. */
    synchronized int tooMuch(int records) {
        now = Math.max(1, Math.min(now, records / 2));
        good = 0;
        return now;
    }

    /** Notes that a pass of so many inputs went well. */
    synchronized void went(int records) {
        if (now < most && records >= now && ++good >= GOOD_PASSES) {
            now = Math.min(most, now * 2);
            good = 0;
        }
    }
}
