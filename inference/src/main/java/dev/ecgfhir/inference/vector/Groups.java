package dev.ecgfhir.inference.vector;

/** A convolution in groups of channels, by vectors of output channels. Implementations are immutable and safe to share between threads. */
interface Groups {
    /**
     * Makes the fastest one for these shapes.
     *
     * @param weight [channels][channels / groups][taps]
     * @param bias [channels]
     * @param groups into which channels are parted
     * @param stride of the rows, 1 or 2
     */
    static Groups of(float[] weight, float[] bias, int groups, int stride) {
        return TapGroups.fits(weight, bias, groups)
                ? new TapGroups(weight, bias, stride)
                : new TableGroups(weight, bias, groups, stride);
    }

    /** Returns how the input must lie, zeros around it included. */
    Layout layout(Padding padding);

    /** Returns the number of vectors of channels in the output. */
    int vectors();

    /**
     * Computes one vector of channels of all rows of the output.
     *
     * @param x input with the zeros around it
     * @param scratch a buffer as large as {@code x}, for its own use where the channels' input lies
     * @param from start of the input
     * @param layout of the input
     * @param y output, [rows][row]
     * @param to start of the output
     * @param row floats in a row of the output
     * @param rows of the output, at least one
     * @param vector which channels
     */
    void run(float[] x, float[] scratch, int from, Layout layout, float[] y, int to, int row, int rows, int vector);
}
