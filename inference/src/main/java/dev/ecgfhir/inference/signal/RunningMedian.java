package dev.ecgfhir.inference.signal;

import java.util.Arrays;

/**
 * The median of a sliding window, zeros beyond both ends of the signal.
 *
 * <p>Each block of samples is ranked once; the window is then a set of bits, one for each rank, and the median a pointer into it
 * that moves by at most one bit with each step. O(n log w) altogether, exact for any values. Hot path: buffers are kept between
 * calls, so an instance belongs to one thread.
 *
 * <p>Equal to {@code scipy.signal.medfilt}. Reference for ranking blocks of the order of the window: J. Suomela, Median filtering is
 * equivalent to sorting, arXiv:1406.1717.
 */
final class RunningMedian {
    private static final int MINIMUM_BLOCK = 8192;

    private final int window;
    private final int block;
    private final double[] values;
    private final int[] rankOf;
    private final double[] ranked;
    private final long[] present;
    private final Ranking ranking;

    /**
     * Makes a filter.
     *
     * @param window samples in the running median; odd
     */
    RunningMedian(int window) {
        if (window < 1 || window % 2 == 0) {
            throw new IllegalArgumentException("window must be odd, was " + window);
        }
        this.window = window;
        this.block = Math.max(MINIMUM_BLOCK, 4 * window);
        this.values = new double[block];
        this.rankOf = new int[block];
        this.ranked = new double[block];
        this.present = new long[(block + 63) / 64];
        this.ranking = new Ranking(block);
    }

    /**
     * Calculates the running median of one lead.
     *
     * @param signal [samples], finite
     * @param target [samples], receives the medians; another array than {@code signal}
     */
    void apply(double[] signal, double[] target) {
        int step = block - window + 1;
        for (int start = 0; start < signal.length; start += step) {
            applyBlock(signal, target, start, Math.min(step, signal.length - start));
        }
    }

    private void applyBlock(double[] signal, double[] target, int start, int count) {
        int size = count + window - 1;
        int first = start - window / 2;
        int from = Math.max(0, first);
        int to = Math.min(signal.length, first + size);
        Arrays.fill(values, 0, from - first, 0);
        System.arraycopy(signal, from, values, from - first, to - from);
        Arrays.fill(values, to - first, size, 0);
        ranking.rank(values, size, rankOf, ranked);

        Arrays.fill(present, 0, (size + 63) / 64, 0);
        for (int i = 0; i < window; i++) {
            add(rankOf[i]);
        }
        int median = next(-1);
        for (int i = 0; i < window / 2; i++) {
            median = next(median);
        }
        target[start] = ranked[median];
        for (int i = 1; i < count; i++) {
            int out = rankOf[i - 1];
            int in = rankOf[i + window - 1];
            present[out >> 6] &= ~(1L << out);
            add(in);
            if (out <= median && in > median) {
                median = next(median);
            } else if (out >= median && in < median) {
                median = previous(median);
            }
            target[start + i] = ranked[median];
        }
    }

    private void add(int rank) {
        present[rank >> 6] |= 1L << rank;
    }

    /** Returns the lowest present rank above {@code rank}; there is one whenever the median moves up. */
    private int next(int rank) {
        int from = rank + 1;
        int word = from >> 6;
        long bits = present[word] & (-1L << from);
        while (bits == 0) {
            bits = present[++word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    /** Returns the highest present rank below {@code rank}; there is one whenever the median moves down. */
    private int previous(int rank) {
        int word = rank >> 6;
        long bits = present[word] & ~(-1L << rank);
        while (bits == 0) {
            bits = present[--word];
        }
        return (word << 6) + 63 - Long.numberOfLeadingZeros(bits);
    }
}
