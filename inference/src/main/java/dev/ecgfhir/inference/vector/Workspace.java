package dev.ecgfhir.inference.vector;

/** The buffers of one forward pass, grown to what it needs and used again. Not safe for concurrent callers. */
final class Workspace {
    float[] values = {}; // the input, [leads][samples]
    float[] x = {}; // what goes from block to block, [rows][channels]
    float[] out = {}; // what a block puts out
    float[] inner = {}; // after a swish
    float[] padded = {}; // with the zeros that a convolution wants before and after
    float[] mean = {};
    float[] squeezed = {};
    float[] gate = {};

    /** Returns the buffer, or a larger one if it holds less than {@code rows} x {@code row} floats. Contents are not kept. */
    static float[] grown(float[] buffer, long rows, int row) {
        int needed = Math.toIntExact(rows * row);
        return buffer.length >= needed ? buffer : new float[needed];
    }

    /** Makes the output of a block the input of the next one. */
    void swap() {
        float[] before = x;
        x = out;
        out = before;
    }

    /** Returns the bytes that the buffers hold. */
    long bytes() {
        long floats = (long) values.length + x.length + out.length + inner.length + padded.length;
        return 4 * (floats + mean.length + squeezed.length + gate.length);
    }
}
