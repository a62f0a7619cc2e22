package dev.ecgfhir.inference;

/**
 * One window, pre-processed, in the form that the network takes.
 *
 * <p>Leads in the order I, II, III, aVR, aVL, aVF, V1-V6, or lead I alone. Samples are z-scored and have no unit. Immutable and
 * safe to share between threads.
 */
public final class ModelInput {
    private final int leads;
    private final int samples;
    private final float[] values;

    private ModelInput(int leads, int samples, float[] values) {
        this.leads = leads;
        this.samples = samples;
        this.values = values;
    }

    /**
     * Copies a window.
     *
     * @param window [leads][samples], no unit; every lead of the same length, at least one sample
     * @return the model input
     */
    public static ModelInput of(float[][] window) {
        if (window.length == 0 || window[0].length == 0) {
            throw new IllegalArgumentException("a model input needs at least one lead and one sample");
        }
        int samples = window[0].length;
        float[] values = new float[window.length * samples];
        for (int lead = 0; lead < window.length; lead++) {
            if (window[lead].length != samples) {
                throw new IllegalArgumentException(
                        "lead " + lead + " has " + window[lead].length + " samples, lead 0 has " + samples);
            }
            System.arraycopy(window[lead], 0, values, lead * samples, samples);
        }
        return new ModelInput(window.length, samples, values);
    }

    /** Returns the number of leads. */
    public int leads() {
        return leads;
    }

    /** Returns the number of samples of each lead. */
    public int samples() {
        return samples;
    }

    /**
     * Copies all values, lead after lead, into {@code target}.
     *
     * @param target where to write leads x samples values
     * @param offset index of the first one
     */
    public void copyTo(float[] target, int offset) {
        System.arraycopy(values, 0, target, offset, values.length);
    }

    /** Returns the index, lead after lead, of the first value that is not finite, or -1. */
    int firstNotFinite() {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }
}
