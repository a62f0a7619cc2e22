package dev.ecgfhir.inference.signal;

/**
 * Measures one lead as it was received.
 *
 * <p>A sample that is NaN or infinite was not measured: it belongs to a gap. A stretch is flat where the signal stays within
 * {@value #FLAT_MILLIVOLTS} mV for at least {@value #FLAT_SECONDS} s: the usual resolution of recorders is 1 to 5 microvolts, and no
 * heart that beats 60 times a minute is silent for longer. Samples are saturated where at least {@value #SATURATED_RUN} in a row
 * equal the lead's highest or lowest value.
 */
public final class SignalQuality {
    /** Widest range of a flat stretch, mV. */
    public static final double FLAT_MILLIVOLTS = 0.005;

    /** Shortest flat stretch, s. */
    public static final double FLAT_SECONDS = 1;

    /** Fewest samples in a row at a lead's extreme value that count as saturated. */
    public static final int SATURATED_RUN = 4;

    private SignalQuality() {}

    /**
     * Measures a lead.
     *
     * @param millivolts [samples], at least one; NaN where nothing was measured; not modified
     * @param hertz sampling frequency
     * @return what was found
     */
    public static LeadQuality measure(double[] millivolts, double hertz) {
        if (millivolts.length == 0 || !(hertz > 0)) {
            throw new IllegalArgumentException(
                    "a lead needs at least one sample and a sampling frequency above 0 Hz, has " + millivolts.length
                            + " and " + hertz);
        }
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        int gaps = 0;
        int missing = 0;
        int run = 0;
        int longest = 0;
        for (double value : millivolts) {
            if (Double.isFinite(value)) {
                least = Math.min(least, value);
                greatest = Math.max(greatest, value);
                run = 0;
            } else {
                missing++;
                run++;
                gaps += run == 1 ? 1 : 0;
                longest = Math.max(longest, run);
            }
        }
        Flat flat = flat(millivolts, Math.max(2, (int) Math.ceil(FLAT_SECONDS * hertz)));
        double samples = millivolts.length;
        return new LeadQuality(
                gaps,
                longest / hertz,
                missing / samples,
                flat.samples / samples,
                flat.longest / hertz,
                saturated(millivolts, least, greatest) / samples,
                missing == millivolts.length ? 0 : greatest - least);
    }

    /** Joins all windows of {@code length} samples whose range is small enough; two monotonic queues give each window's extremes. */
    private static Flat flat(double[] v, int length) {
        Flat flat = new Flat();
        // rings: at most one entry for each sample of a window and the new one
        int[] lows = new int[2 * Integer.highestOneBit(length + 1)];
        int[] highs = new int[lows.length];
        int ring = lows.length - 1;
        int lowHead = 0;
        int lowTail = 0;
        int highHead = 0;
        int highTail = 0;
        int measuredFrom = 0;
        int flatFrom = -1;
        int flatTo = -1;
        for (int i = 0; i < v.length; i++) {
            if (!Double.isFinite(v[i])) {
                measuredFrom = i + 1;
                lowHead = lowTail;
                highHead = highTail;
                continue;
            }
            while (lowTail > lowHead && v[lows[(lowTail - 1) & ring]] >= v[i]) {
                lowTail--;
            }
            lows[lowTail++ & ring] = i;
            while (highTail > highHead && v[highs[(highTail - 1) & ring]] <= v[i]) {
                highTail--;
            }
            highs[highTail++ & ring] = i;
            int start = i - length + 1;
            while (lows[lowHead & ring] < start) {
                lowHead++;
            }
            while (highs[highHead & ring] < start) {
                highHead++;
            }
            if (start >= measuredFrom && v[highs[highHead & ring]] - v[lows[lowHead & ring]] <= FLAT_MILLIVOLTS) {
                if (start > flatTo) {
                    flat.add(flatTo - flatFrom);
                    flatFrom = start;
                }
                flatTo = i + 1;
            }
        }
        flat.add(flatTo - flatFrom);
        return flat;
    }

    private static int saturated(double[] v, double least, double greatest) {
        int count = 0;
        int run = 0;
        for (int i = 0; i <= v.length; i++) {
            boolean extreme = i < v.length && (v[i] == least || v[i] == greatest);
            boolean continues = extreme && run > 0 && v[i] == v[i - 1];
            if (!continues) {
                count += run >= SATURATED_RUN ? run : 0;
                run = 0;
            }
            run += extreme ? 1 : 0;
        }
        return count;
    }

    private static final class Flat {
        private int samples;
        private int longest;

        void add(int length) {
            samples += length;
            longest = Math.max(longest, length);
        }
    }
}
