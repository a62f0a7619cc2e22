package dev.ecgfhir.inference.signal;

import java.util.Arrays;

/**
 * Noise of one stretch of a lead before any filter; measured here, judged elsewhere.
 *
 * <p>All but the step are blind to QRS complexes: medians do not see what is there for a tenth of the time, and complexes do not keep step
 * with the mains.
 *
 * @param wanderMillivolts how far the medians of whole seconds lie apart, mV: the baseline's wander below about 0.5 Hz
 * @param mainsMillivolts amplitude of the stronger of 50 and 60 Hz, mV; 0 where the sampling frequency is too low to tell
 * @param muscleMillivolts root mean square of what is left when a running mean of 20 ms and the mains are taken off, median over 100 ms
 *     pieces, mV: muscle and other fast noise
 * @param stepShare largest step between two neighbouring samples, as part of the stretch's range, 0..1: 1 for a jump from one end to the
 *     other
 */
public record LeadNoise(double wanderMillivolts, double mainsMillivolts, double muscleMillivolts, double stepShare) {
    private static final double MEAN_SECONDS = 0.02;
    private static final double PIECE_SECONDS = 0.1;
    private static final int MEDIAN_SAMPLES = 50;

    /**
     * Measures a stretch.
     *
     * @param millivolts [samples], finite from {@code from} to {@code to}; not modified
     * @param from first sample
     * @param to after the last; at least two seconds later
     * @param hertz sampling frequency, above 100 Hz
     * @return what was found
     */
    public static LeadNoise measure(double[] millivolts, int from, int to, double hertz) {
        if (to - from < 2 * hertz) {
            throw new IllegalArgumentException(
                    "noise needs at least 2 s to be measured, found " + (to - from) / hertz + " s");
        }
        double[] v = Arrays.copyOfRange(millivolts, from, to);
        double least = v[0];
        double greatest = v[0];
        double step = 0;
        for (int i = 1; i < v.length; i++) {
            least = Math.min(least, v[i]);
            greatest = Math.max(greatest, v[i]);
            step = Math.max(step, Math.abs(v[i] - v[i - 1]));
        }
        double mains = 0;
        double ofMains = 0;
        for (MainsFrequency frequency : MainsFrequency.values()) {
            double cycles = frequency.hertz() / hertz;
            double amplitude = cycles < 0.5 ? amplitude(v, cycles) : 0;
            if (amplitude > mains) {
                mains = amplitude;
                double left = amplitude * (1 - meanGain(cycles, hertz));
                ofMains = left * left / 2;
            }
        }
        double withoutMains = muscle(v, hertz) - ofMains;
        return new LeadNoise(
                wander(v, hertz),
                mains,
                Math.sqrt(Math.max(0, withoutMains)),
                greatest > least ? step / (greatest - least) : 0);
    }

    private static double wander(double[] v, double hertz) {
        int second = (int) hertz;
        int stride = Math.max(1, second / MEDIAN_SAMPLES); // a median of so many is steady enough, and quick
        double[] piece = new double[(second + stride - 1) / stride];
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int start = 0; start + second <= v.length; start += second) {
            for (int i = 0; i < piece.length; i++) {
                piece[i] = v[start + i * stride];
            }
            Arrays.sort(piece);
            double median = piece[piece.length / 2];
            lowest = Math.min(lowest, median);
            highest = Math.max(highest, median);
        }
        return highest - lowest;
    }

    /**
     * Returns the amplitude of one frequency in the differences of neighbouring samples, brought back to that of the samples: differences
     * keep a drifting baseline from leaking in.
     */
    private static double amplitude(double[] v, double cyclesPerSample) {
        double turn = 2 * Math.PI * cyclesPerSample;
        double cos = Math.cos(turn);
        double sin = Math.sin(turn);
        double re = 1;
        double im = 0;
        double sumRe = 0;
        double sumIm = 0;
        for (int i = 1; i < v.length; i++) {
            double difference = v[i] - v[i - 1];
            sumRe += difference * re;
            sumIm += difference * im;
            double next = re * cos - im * sin;
            im = re * sin + im * cos;
            re = next;
        }
        return 2 * Math.hypot(sumRe, sumIm) / (v.length - 1) / (2 * Math.sin(turn / 2));
    }

    /** Returns what the running mean leaves of a sine, -1..1. */
    private static double meanGain(double cyclesPerSample, double hertz) {
        int width = 2 * half(hertz) + 1;
        return Math.sin(Math.PI * cyclesPerSample * width) / (width * Math.sin(Math.PI * cyclesPerSample));
    }

    private static int half(double hertz) {
        return Math.max(1, (int) Math.round(MEAN_SECONDS * hertz) / 2);
    }

    /** Returns a mean square, mains included. */
    private static double muscle(double[] v, double hertz) {
        int half = half(hertz);
        int piece = (int) (PIECE_SECONDS * hertz);
        int width = 2 * half + 1;
        double[] powers = new double[(v.length - 2 * half) / piece];
        double sum = 0;
        for (int i = 0; i < 2 * half; i++) {
            sum += v[i];
        }
        for (int p = 0; p < powers.length; p++) {
            for (int i = half + p * piece; i < half + (p + 1) * piece; i++) {
                sum += v[i + half];
                double rest = v[i] - sum / width;
                powers[p] += rest * rest / piece;
                sum -= v[i - half];
            }
        }
        Arrays.sort(powers);
        return powers[powers.length / 2];
    }
}
