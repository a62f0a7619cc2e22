package dev.ecgfhir.fhir.recording;

import java.util.Objects;

/**
 * The signal of one lead.
 *
 * <p>Samples are in millivolts, evenly spaced; {@code NaN} marks a sample that the device did not measure. Immutable and safe to
 * share between threads.
 */
public final class Waveform {
    private final SamplingFrequency frequency;
    private final double[] millivolts;

    private Waveform(SamplingFrequency frequency, double[] millivolts) {
        this.frequency = frequency;
        this.millivolts = millivolts;
    }

    /**
     * Copies a signal.
     *
     * @param frequency samples a second
     * @param millivolts [samples], at least one; NaN where nothing was measured
     * @return the waveform
     */
    public static Waveform of(SamplingFrequency frequency, double[] millivolts) {
        Objects.requireNonNull(frequency, "frequency is null");
        if (millivolts.length == 0) {
            throw new IllegalArgumentException("a waveform needs at least one sample");
        }
        return new Waveform(frequency, millivolts.clone());
    }

    /** Wraps an array that nobody else keeps; for the package's own readers, which have just filled it. */
    static Waveform adopt(SamplingFrequency frequency, double[] millivolts) {
        if (millivolts.length == 0) {
            throw new IllegalArgumentException("a waveform needs at least one sample");
        }
        return new Waveform(frequency, millivolts);
    }

    /** Returns the signal with the sign of every sample changed. */
    Waveform negated() {
        double[] changed = new double[millivolts.length];
        for (int i = 0; i < changed.length; i++) {
            changed[i] = 0.0 - millivolts[i];
        }
        return new Waveform(frequency, changed);
    }

    /** Copies all samples to {@code target} from index {@code at}; returns the index after the last. */
    int copyTo(double[] target, int at) {
        System.arraycopy(millivolts, 0, target, at, millivolts.length);
        return at + millivolts.length;
    }

    /** Returns the sampling frequency. */
    public SamplingFrequency frequency() {
        return frequency;
    }

    /** Returns the number of samples. */
    public int samples() {
        return millivolts.length;
    }

    /** Returns the duration in seconds, samples / sampling frequency. */
    public double seconds() {
        return millivolts.length / frequency.hertz();
    }

    /**
     * Returns one sample.
     *
     * @param index 0 to {@link #samples()} - 1
     * @return millivolts, NaN where nothing was measured
     */
    public double millivolts(int index) {
        return millivolts[index];
    }

    /** Returns a copy of the samples, [samples], millivolts, NaN where nothing was measured. */
    public double[] millivolts() {
        return millivolts.clone();
    }
}
