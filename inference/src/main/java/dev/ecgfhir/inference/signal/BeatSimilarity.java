package dev.ecgfhir.inference.signal;

import dev.ecgfhir.inference.ModelInput;
import java.util.Arrays;

/**
 * How much the beats of a window resemble each other: the sign that there are beats at all, and not noise.
 *
 * <p>Beats are looked for where all leads together are steep; in each lead every beat is then correlated with the mean of the others, and
 * the best lead's mean correlation is the answer: 1 where all beats are alike, near 0 for noise, whatever its size and colour. The mean
 * leaves the beat itself out (the published index does not), so that few beats are judged like many. Irregular rhythm changes nothing;
 * premature beats of another shape lower it a little.
 *
 * <p>References: C. Orphanidou et al., Signal-quality indices for the electrocardiogram and photoplethysmogram, IEEE J Biomed Health
 * Inform 19(3):832-838, 2015 (average correlation with the mean beat; usable from 0.66).
 */
public final class BeatSimilarity {
    private static final double HERTZ = Preprocessing.MODEL_HERTZ;

    /** Over which the steepness is averaged: the width of a QRS complex. */
    private static final int QRS = (int) (0.1 * HERTZ);

    /** Within which there is at most one beat: 240 a minute. */
    private static final int REFRACTORY = (int) (0.25 * HERTZ);

    /** How far from the steepest place the highest one is looked for. */
    private static final int REACH = (int) (0.08 * HERTZ);

    /** Longest half of a compared beat; at high rates half the median distance is taken. */
    private static final int LONGEST_HALF = (int) (0.3 * HERTZ);

    /** Part of the usual steepness of a beat from which a place can be one. */
    private static final double STEEP = 0.35;

    /** Leads below this, where the window's standard deviation is 1, carry no signal. */
    private static final double SILENT = 0.03;

    private BeatSimilarity() {}

    /**
     * Measures a window.
     *
     * @param window filtered and z-scored, at 500 Hz
     * @return -1..1; 0 where fewer than two beats are found
     */
    public static double measure(ModelInput window) {
        float[][] leads = leads(window);
        int[] beats = beats(leads);
        if (beats.length < 2) {
            return 0;
        }
        int half = (int) Math.min(LONGEST_HALF, 0.5 * medianDistance(beats));
        int[] whole = Arrays.stream(beats)
                .filter(beat -> beat >= half && beat + half < window.samples())
                .toArray();
        if (whole.length < 2 || half < 1) {
            return 0;
        }
        double best = -1;
        for (float[] lead : leads) {
            best = Math.max(best, similarity(lead, whole, half));
        }
        return best;
    }

    private static float[][] leads(ModelInput window) {
        int samples = window.samples();
        float[] values = new float[window.leads() * samples];
        window.copyTo(values, 0);
        float[][] leads = new float[window.leads()][];
        for (int lead = 0; lead < leads.length; lead++) {
            leads[lead] = Arrays.copyOfRange(values, lead * samples, (lead + 1) * samples);
        }
        return leads;
    }

    private static int[] beats(float[][] leads) {
        double[] steepness = steepness(leads);
        double threshold = STEEP * usualPeak(steepness);
        if (!(threshold > 0)) {
            return new int[0];
        }
        double[] height = new double[steepness.length];
        for (float[] lead : leads) {
            for (int i = 0; i < height.length; i++) {
                height[i] += Math.abs(lead[i]);
            }
        }
        int[] beats = new int[steepness.length / REFRACTORY + 1];
        int count = 0;
        int i = 0;
        while (i < steepness.length) {
            if (steepness[i] > threshold) {
                int steepest = highest(steepness, i, i + REFRACTORY);
                beats[count++] = highest(height, steepest - REACH, steepest + REACH + 1);
                i = steepest + REFRACTORY;
            } else {
                i++;
            }
        }
        return Arrays.copyOf(beats, count);
    }

    /**
     * Returns [samples]: root of the sum of the squared steps of all leads that carry a signal, each lead's by their own mean, so that
     * steady noise in one lead raises everything and hides no beat of another.
     */
    private static double[] steepness(float[][] leads) {
        int samples = leads[0].length;
        double[] squares = new double[samples];
        for (float[] lead : leads) {
            if (variance(lead) < SILENT * SILENT) {
                continue;
            }
            double mean = meanSquaredStep(lead);
            for (int i = 1; i < samples; i++) {
                double step = lead[i] - lead[i - 1];
                squares[i] += step * step / mean;
            }
        }
        double[] steepness = new double[samples];
        double sum = 0;
        for (int i = 0; i < samples + QRS / 2; i++) {
            sum += i < samples ? squares[i] : 0;
            sum -= i >= QRS ? squares[i - QRS] : 0;
            if (i >= QRS / 2) {
                steepness[i - QRS / 2] = Math.sqrt(Math.max(0, sum));
            }
        }
        return steepness;
    }

    /** Returns the median of the highest values in stretches of two seconds, one beginning each second: one artefact does not count. */
    private static double usualPeak(double[] steepness) {
        int second = (int) HERTZ;
        double[] peaks = new double[Math.max(1, steepness.length / second - 1)];
        int measured = 0;
        for (int k = 0; k < peaks.length; k++) {
            double peak = steepness[highest(steepness, k * second, (k + 2) * second)];
            if (peak > 0) { // the zeros with which a short recording is filled
                peaks[measured++] = peak;
            }
        }
        Arrays.sort(peaks, 0, measured);
        return measured == 0 ? 0 : peaks[measured / 2];
    }

    private static int highest(double[] values, int from, int to) {
        int best = Math.max(0, from);
        for (int i = best + 1; i < Math.min(values.length, to); i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    private static double medianDistance(int[] beats) {
        int[] distances = new int[beats.length - 1];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = beats[i + 1] - beats[i];
        }
        Arrays.sort(distances);
        return distances[distances.length / 2];
    }

    /** Returns the mean correlation of each beat with the mean of the others. */
    private static double similarity(float[] lead, int[] beats, int half) {
        int length = 2 * half;
        double[][] cut = new double[beats.length][length];
        double[] sum = new double[length];
        for (int b = 0; b < beats.length; b++) {
            double mean = 0;
            for (int i = 0; i < length; i++) {
                cut[b][i] = lead[beats[b] - half + i];
                mean += cut[b][i] / length;
            }
            for (int i = 0; i < length; i++) {
                cut[b][i] -= mean;
                sum[i] += cut[b][i];
            }
        }
        double total = 0;
        for (double[] beat : cut) {
            double product = 0;
            double own = 0;
            double others = 0;
            for (int i = 0; i < length; i++) {
                double other = sum[i] - beat[i];
                product += beat[i] * other;
                own += beat[i] * beat[i];
                others += other * other;
            }
            total += own > 0 && others > 0 ? product / Math.sqrt(own * others) : 0;
        }
        return total / beats.length;
    }

    /** Returns more than 0: a lead that varies has steps. */
    private static double meanSquaredStep(float[] lead) {
        double squares = 0;
        for (int i = 1; i < lead.length; i++) {
            double step = lead[i] - lead[i - 1];
            squares += step * step;
        }
        return squares / (lead.length - 1);
    }

    private static double variance(float[] lead) {
        double sum = 0;
        double squares = 0;
        for (float value : lead) {
            sum += value;
            squares += (double) value * value;
        }
        double mean = sum / lead.length;
        return squares / lead.length - mean * mean;
    }
}
