package dev.ecgfhir.inference.signal;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The windows of a very long recording, filtered in overlapping blocks.
 *
 * <p>Each block is filtered with {@value #OVERLAP_SECONDS} s more at both sides than is kept of it. What a filter of these makes of a
 * block's artificial end dies away with its slowest poles: those of the band-pass, of the order of 0.67 Hz, lose a factor e in
 * 0.62 s ({@link #slowestDecaySeconds}); those of the notch in 0.19 s; the running median reaches 0.2 s. After 30 s an end of 300 mV,
 * more than the gate lets in, has become 300 x exp(-30 / 0.62) mV, less than 1e-18, far below the last digit of a double. What remains are the rounding errors of the
 * polynomial band-pass, which blocks and whole make differently: see docs/reading-ecgs.md for their size. Blocks of {@value #BLOCK_WINDOWS} windows make
 * the filters' work a fifth more than that of the whole.
 *
 * <p>Not thread-safe.
 */
final class FilterBlocks implements Iterator<double[][][]> {
    /** Windows of a block: 320 s. A multiple of the windows in one forward pass. */
    static final int BLOCK_WINDOWS = 32;

    /** What is filtered beyond each end of what is kept, s. */
    static final double OVERLAP_SECONDS = 30;

    private static final double HERTZ = Preprocessing.MODEL_HERTZ;

    private final double[][] millivolts;
    private final double[] frequencies;
    private final int windows;
    private final FilterChain[] chains;
    private int next;

    /**
     * Prepares the blocks.
     *
     * @param millivolts [leads][samples], as for {@link Preprocessing#prepare}; read as the blocks are asked for
     * @param frequencies [leads], Hz
     * @param windows how many windows there are
     * @param mains what the notch removes
     */
    FilterBlocks(double[][] millivolts, double[] frequencies, int windows, MainsFrequency mains) {
        this.millivolts = millivolts;
        this.frequencies = frequencies;
        this.windows = windows;
        this.chains = new FilterChain[frequencies.length];
        for (int lead = 0; lead < chains.length; lead++) {
            chains[lead] = FilterChain.of(frequencies[lead], mains);
        }
    }

    /**
     * Returns the time in which the slowest part of the band-pass's response falls to 1/e.
     *
     * @param samplingFrequency Hz
     * @return seconds
     */
    static double slowestDecaySeconds(double samplingFrequency) {
        double slowest = 0;
        for (double[] section : FilterChain.bandpass(samplingFrequency).sections()) {
            double radius = Math.sqrt(section[2]); // of a pair of conjugate poles
            slowest = Math.max(slowest, -1 / Math.log(radius) / samplingFrequency);
        }
        return slowest;
    }

    @Override
    public boolean hasNext() {
        return next < windows;
    }

    /** Returns the next windows, [windows][leads][5000], millivolts. */
    @Override
    public double[][][] next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the recording has " + windows + " windows");
        }
        int end = Math.min(windows, next + BLOCK_WINDOWS);
        int from = next * Preprocessing.WINDOW_SAMPLES;
        int to = end * Preprocessing.WINDOW_SAMPLES;
        double[][] block = new double[millivolts.length][];
        for (int lead = 0; lead < block.length; lead++) {
            block[lead] = filtered(lead, from, to);
        }
        next = end;
        return Preprocessing.windowed(block);
    }

    /** Returns the samples from {@code from} to {@code to}, at 500 Hz. */
    private double[] filtered(int lead, int from, int to) {
        double hertz = frequencies[lead];
        double[] whole = millivolts[lead];
        int first = (int) Math.max(0, (from / HERTZ - OVERLAP_SECONDS) * hertz);
        int last = (int) Math.min(whole.length, (to / HERTZ + OVERLAP_SECONDS) * hertz);
        double[] part =
                chains[lead].apply(FilterStage.FILTERED, new double[][] {Arrays.copyOfRange(whole, first, last)})[0];
        return hertz == HERTZ
                ? Arrays.copyOfRange(part, from - first, to - first)
                : Resampling.byTime(part, first, hertz, HERTZ, from, to - from);
    }
}
