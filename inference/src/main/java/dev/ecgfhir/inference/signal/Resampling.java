package dev.ecgfhir.inference.signal;

/** Linear interpolation between samples. */
final class Resampling {
    private Resampling() {}

    /**
     * Resamples by time: sample k of the result is the signal at k / {@code toHertz} seconds; beyond the last sample that one is held.
     *
     * @param signal [samples], a part of the whole signal; not modified
     * @param offset index of its first sample in the whole
     * @param fromHertz its sampling frequency
     * @param toHertz the wanted one
     * @param first the k of the first sample to make
     * @param samples how many to make
     * @return [samples]
     */
    static double[] byTime(double[] signal, int offset, double fromHertz, double toHertz, int first, int samples) {
        double[] result = new double[samples];
        int last = offset + signal.length - 1;
        for (int k = 0; k < samples; k++) {
            double position = (k + first) * fromHertz / toHertz;
            int left = (int) position;
            int i = left - offset;
            result[k] = left >= last
                    ? signal[signal.length - 1]
                    : signal[i] + (signal[i + 1] - signal[i]) * (position - left);
        }
        return result;
    }

    /**
     * Returns how many samples a signal has after {@link #byTime}: the nearest whole number, ties to the even one.
     *
     * @param samples samples at {@code fromHertz}
     * @param fromHertz its sampling frequency
     * @param toHertz the wanted one
     * @return samples at {@code toHertz}
     */
    static long samplesAt(int samples, double fromHertz, double toHertz) {
        return (long) Math.rint(samples * toHertz / fromHertz);
    }

    /**
     * Stretches or squeezes a signal to a number of samples, first and last staying where they are.
     *
     * @param signal [samples]; not modified
     * @param samples how many to make, at least two
     * @return [samples]
     */
    static double[] stretch(double[] signal, int samples) {
        double[] result = new double[samples];
        int last = signal.length - 1;
        for (int k = 0; k < samples; k++) {
            double position = (double) k * last / (samples - 1);
            int left = Math.min((int) position, Math.max(0, last - 1));
            int right = Math.min(left + 1, last);
            result[k] = signal[left] + (signal[right] - signal[left]) * (position - left);
        }
        return result;
    }
}
