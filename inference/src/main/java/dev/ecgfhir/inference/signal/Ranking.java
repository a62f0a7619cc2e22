package dev.ecgfhir.inference.signal;

import java.util.Arrays;

/**
 * Ranks values: two passes of a radix sort over a coarse, order-preserving key, then straight insertion among the few that share a
 * key; a merge sort where they are not few.
 *
 * <p>Hot path: buffers are kept between calls, so an instance belongs to one thread.
 */
final class Ranking {
    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;
    private static final int LARGEST_KEY = (1 << (2 * DIGIT_BITS)) - 1;
    /** Moves of the straight insertion for each value, beyond which merging is the cheaper way. */
    private static final int MOVES_EACH = 16;

    private final int[] keys;
    private final int[] order;
    private final int[] other;
    private final int[] low = new int[DIGITS];
    private final int[] high = new int[DIGITS];

    /**
     * Makes buffers.
     *
     * @param capacity most values in one call
     */
    Ranking(int capacity) {
        this.keys = new int[capacity];
        this.order = new int[capacity];
        this.other = new int[capacity];
    }

    /**
     * Ranks the first {@code size} values; equal ones in any order.
     *
     * @param values finite
     * @param size how many
     * @param rankOf [size], receives each value's rank from 0
     * @param ranked [size], receives the values in ascending order
     */
    void rank(double[] values, int size, int[] rankOf, double[] ranked) {
        sortByKey(values, size);
        for (int i = 0; i < size; i++) {
            ranked[i] = values[order[i]];
        }
        if (!insert(ranked, size)) {
            mergeSort(values, size);
            for (int i = 0; i < size; i++) {
                ranked[i] = values[order[i]];
            }
        }
        for (int i = 0; i < size; i++) {
            rankOf[order[i]] = i;
        }
    }

    private void sortByKey(double[] values, int size) {
        double least = values[0];
        double greatest = values[0];
        for (int i = 1; i < size; i++) {
            least = Math.min(least, values[i]);
            greatest = Math.max(greatest, values[i]);
        }
        double scale = LARGEST_KEY / (greatest - least);
        if (!(scale > 0 && scale < Double.MAX_VALUE)) {
            scale = 0;
        }
        Arrays.fill(low, 0);
        Arrays.fill(high, 0);
        for (int i = 0; i < size; i++) {
            int key = scale == 0 ? 0 : (int) ((values[i] - least) * scale);
            keys[i] = key;
            low[key & (DIGITS - 1)]++;
            high[(key >> DIGIT_BITS) & (DIGITS - 1)]++;
        }
        int lowSum = 0;
        int highSum = 0;
        for (int digit = 0; digit < DIGITS; digit++) {
            int lowCount = low[digit];
            low[digit] = lowSum;
            lowSum += lowCount;
            int highCount = high[digit];
            high[digit] = highSum;
            highSum += highCount;
        }
        for (int i = 0; i < size; i++) {
            other[low[keys[i] & (DIGITS - 1)]++] = i;
        }
        for (int i = 0; i < size; i++) {
            int index = other[i];
            order[high[(keys[index] >> DIGIT_BITS) & (DIGITS - 1)]++] = index;
        }
    }

    private boolean insert(double[] ranked, int size) {
        long movesLeft = (long) MOVES_EACH * size;
        for (int i = 1; i < size; i++) {
            double value = ranked[i];
            if (value >= ranked[i - 1]) {
                continue;
            }
            int index = order[i];
            int j = i;
            while (j > 0 && ranked[j - 1] > value) {
                ranked[j] = ranked[j - 1];
                order[j] = order[j - 1];
                j--;
            }
            ranked[j] = value;
            order[j] = index;
            movesLeft -= i - j;
            if (movesLeft < 0) {
                return false;
            }
        }
        return true;
    }

    private void mergeSort(double[] values, int size) {
        int[] from = order;
        int[] to = other;
        for (int run = 1; run < size; run *= 2) {
            for (int start = 0; start < size; start += 2 * run) {
                merge(values, from, to, start, Math.min(start + run, size), Math.min(start + 2 * run, size));
            }
            int[] held = from;
            from = to;
            to = held;
        }
        if (from != order) {
            System.arraycopy(from, 0, order, 0, size);
        }
    }

    private static void merge(double[] values, int[] from, int[] to, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            if (left < middle && (right >= end || values[from[left]] <= values[from[right]])) {
                to[i] = from[left++];
            } else {
                to[i] = from[right++];
            }
        }
    }
}
