package dev.ecgfhir.inference.batching;

import java.time.Duration;

/** How fast a model works through its queue, as seen lately. Safe to share between threads. */
final class Pace {
    private static final double NEW = 0.1; // weight of the last pass in the mean
    private static final long LONGEST_SECONDS = 60;

    private double nanosOfOne;

    /** Notes a pass. */
    synchronized void note(int records, long nanos) {
        double one = (double) nanos / records;
        nanosOfOne = nanosOfOne == 0 ? one : nanosOfOne + NEW * (one - nanosOfOne);
    }

    /** Returns when so many inputs will have been scored, 1..60 s, in whole seconds. */
    synchronized Duration until(int waiting, int passes) {
        double seconds = Math.ceil(waiting * nanosOfOne / passes / 1e9);
        return Duration.ofSeconds((long) Math.max(1, Math.min(LONGEST_SECONDS, seconds)));
    }
}
