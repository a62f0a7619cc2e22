package dev.ecgfhir.inference.signal;

import dev.ecgfhir.inference.ModelInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * From millivolts to what the network takes: filters at each lead's own sampling frequency, resampling by time to 500 Hz, windows of
 * 5000 samples from the start, one z-score for each window over all its leads.
 *
 * <p>A rest shorter than a window is dropped, except where it is all there is: a recording of 5 to 10 s is filled with zeros at its
 * end. Up to {@value #WHOLE_SECONDS} s a recording is filtered in one go, longer ones in overlapping blocks ({@link FilterBlocks}), so that
 * memory beside the samples themselves does not grow with the duration.
 * For 10 s at 500 Hz the result equals {@link ReferenceStage#ZSCORE}. Immutable and safe to share between threads.
 */
public final class Preprocessing {
    /** Sampling frequency of a model input, Hz. */
    public static final double MODEL_HERTZ = 500;

    /** Samples of each lead in a window. */
    public static final int WINDOW_SAMPLES = 5000;

    /** Duration of a window, s. */
    public static final double WINDOW_SECONDS = WINDOW_SAMPLES / MODEL_HERTZ;

    /** Shortest recording that is prepared, s. */
    public static final double MINIMUM_SECONDS = 5;

    /** Longest recording that is filtered in one go, s. */
    public static final double WHOLE_SECONDS = 600;

    private final MainsFrequency mains;

    /**
     * Makes a preprocessing.
     *
     * @param mains what the notch removes
     */
    public Preprocessing(MainsFrequency mains) {
        this.mains = mains;
    }

    /** Returns what the notch removes. */
    public MainsFrequency mains() {
        return mains;
    }

    /** Returns one line that says what is done to a recording; two preprocessings with equal lines give equal results. */
    public String description() {
        return "notch " + mains.hertz()
                + " Hz (Q 30), Butterworth band-pass order 4 0.67-40 Hz, minus running median 0.4 s, "
                + "linear to 500 Hz by time, windows of 10 s, z-score over all leads of a window";
    }

    /**
     * Prepares a recording.
     *
     * @param millivolts [leads][samples], NaN where nothing was measured (filtered as 0); leads may differ in length as they differ in
     *     sampling frequency, the shortest in time decides; not modified
     * @param samplingFrequencies [leads], Hz
     * @return its windows
     * @throws IllegalArgumentException if a sampling frequency is not {@linkplain FilterChain#accepts accepted}, a sample is infinite or
     *     the recording is shorter than 5 s
     */
    public PreparedSignal prepare(double[][] millivolts, double[] samplingFrequencies) {
        List<PreparedSignal> pieces = new ArrayList<>();
        prepare(millivolts, samplingFrequencies, pieces::add);
        return pieces.size() == 1 ? pieces.get(0) : PreparedSignal.joined(pieces);
    }

    /**
     * Prepares a recording of any length piece by piece.
     *
     * @param millivolts as for {@link #prepare(double[][], double[])}
     * @param samplingFrequencies likewise
     * @param pieces is given each piece in order of time, at most {@value #WHOLE_SECONDS} s of windows; what it throws comes through
     */
    public void prepare(double[][] millivolts, double[] samplingFrequencies, Consumer<PreparedSignal> pieces) {
        boolean padded = samples(millivolts, samplingFrequencies) < WINDOW_SAMPLES;
        int first = 0;
        for (Iterator<double[][][]> filtered = filtered(millivolts, samplingFrequencies); filtered.hasNext(); ) {
            double[][][] windows = filtered.next();
            List<ModelInput> inputs = new ArrayList<>(windows.length);
            double[] starts = new double[windows.length];
            double[] deviations = new double[windows.length];
            for (int w = 0; w < windows.length; w++) {
                ZScore.Moments moments = ZScore.moments(windows[w]);
                inputs.add(ModelInput.of(toFloat(ZScore.of(windows[w], moments))));
                starts[w] = (first + w) * WINDOW_SECONDS;
                deviations[w] = moments.deviation();
            }
            first += windows.length;
            pieces.accept(new PreparedSignal(inputs, starts, deviations, padded));
        }
    }

    /**
     * Prepares a recording and keeps double precision.
     *
     * @param millivolts as for {@link #prepare(double[][], double[])}
     * @param samplingFrequencies likewise
     * @return [windows][leads][5000], no unit
     */
    public double[][][] windows(double[][] millivolts, double[] samplingFrequencies) {
        List<double[][]> all = new ArrayList<>();
        filtered(millivolts, samplingFrequencies).forEachRemaining(windows -> {
            for (double[][] window : windows) {
                all.add(ZScore.of(window));
            }
        });
        return all.toArray(new double[0][][]);
    }

    /**
     * Returns how many samples a lead has after resampling to the model's 500 Hz.
     *
     * @param samples samples as recorded
     * @param samplingFrequency as recorded, Hz
     * @return samples at 500 Hz
     */
    public static long modelSamples(int samples, double samplingFrequency) {
        return Resampling.samplesAt(samples, samplingFrequency, MODEL_HERTZ);
    }

    /** Returns pieces of [windows][leads][5000], millivolts. */
    private Iterator<double[][][]> filtered(double[][] millivolts, double[] samplingFrequencies) {
        int samples = samples(millivolts, samplingFrequencies);
        if (samples > WHOLE_SECONDS * MODEL_HERTZ) {
            return new FilterBlocks(millivolts, samplingFrequencies, samples / WINDOW_SAMPLES, mains);
        }
        double[][] whole = resampled(millivolts, samplingFrequencies, Math.max(samples, WINDOW_SAMPLES), samples);
        return Collections.singletonList(windowed(whole)).iterator();
    }

    /**
     * Cuts windows.
     *
     * @param signal [leads][samples], at 500 Hz; not modified
     * @return [windows][leads][5000]
     */
    static double[][][] windowed(double[][] signal) {
        double[][][] windows = new double[signal[0].length / WINDOW_SAMPLES][signal.length][];
        for (int w = 0; w < windows.length; w++) {
            for (int lead = 0; lead < signal.length; lead++) {
                windows[w][lead] = Arrays.copyOfRange(signal[lead], w * WINDOW_SAMPLES, (w + 1) * WINDOW_SAMPLES);
            }
        }
        return windows;
    }

    private double[][] resampled(double[][] millivolts, double[] frequencies, int length, int samples) {
        double[][] resampled = new double[millivolts.length][];
        int done = 0;
        while (done < millivolts.length) {
            // leads of one frequency share the design and the buffers
            int end = done + 1;
            while (end < millivolts.length && frequencies[end] == frequencies[done]) {
                end++;
            }
            double[][] filtered = FilterChain.of(frequencies[done], mains)
                    .apply(FilterStage.FILTERED, Arrays.copyOfRange(millivolts, done, end));
            for (double[] lead : filtered) {
                double[] atModelRate = frequencies[done] == MODEL_HERTZ
                        ? lead
                        : Resampling.byTime(lead, 0, frequencies[done], MODEL_HERTZ, 0, samples);
                double[] filled = new double[length];
                System.arraycopy(atModelRate, 0, filled, 0, samples);
                resampled[done++] = filled;
            }
        }
        return resampled;
    }

    private static int samples(double[][] millivolts, double[] frequencies) {
        if (millivolts.length == 0 || millivolts.length != frequencies.length) {
            throw new IllegalArgumentException(
                    "a recording needs at least one lead and one sampling frequency for each, has " + millivolts.length
                            + " and " + frequencies.length);
        }
        long shortest = Long.MAX_VALUE;
        for (int lead = 0; lead < millivolts.length; lead++) {
            shortest = Math.min(shortest, modelSamples(millivolts[lead].length, frequencies[lead]));
        }
        if (shortest < MINIMUM_SECONDS * MODEL_HERTZ) {
            throw new IllegalArgumentException(
                    "a recording must be at least " + MINIMUM_SECONDS + " s long, was " + shortest / MODEL_HERTZ);
        }
        return Math.toIntExact(shortest);
    }

    private static float[][] toFloat(double[][] window) {
        float[][] result = new float[window.length][];
        for (int lead = 0; lead < window.length; lead++) {
            double[] from = window[lead];
            float[] to = new float[from.length];
            for (int i = 0; i < from.length; i++) {
                to[i] = (float) from[i];
            }
            result[lead] = to;
        }
        return result;
    }
}
