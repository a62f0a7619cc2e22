package dev.ecgfhir.inference.vector;

import org.jspecify.annotations.Nullable;

/** The buffers of one forward pass, grown to what it needs and used again. Not safe for concurrent callers. */
final class Workspace {
    float[] values = {}; // the input, [leads][samples]
    float[] x = {}; // what goes from block to block, [records][rows][channels]
    float[] swished = {}; // its swish; within a block, what the grouped convolution puts out
    float[] out = {}; // what a block puts out
    float[] padded = {}; // with the zeros that a convolution wants before and after
    float[] differences = {}; // of what is padded
    float[] mean = {}; // [records][channels]
    float[] squeezed = {};
    float[] gate = {};
    private @Nullable Workspace joined;

    /** Returns the buffer, or a larger one if it holds less than {@code rows} x {@code row} floats. Contents are not kept. */
    static float[] grown(float[] buffer, long rows, int row) {
        int needed = Math.toIntExact(rows * row);
        return buffer.length >= needed ? buffer : new float[needed];
    }

    /** Returns the buffers in which several windows lie together. */
    Workspace joined() {
        Workspace other = joined;
        if (other == null) {
            other = new Workspace();
            joined = other;
        }
        return other;
    }

    /** Makes the output of a block the input of the next one. */
    void swap() {
        float[] before = x;
        x = out;
        out = before;
    }

    /** Returns the bytes that the buffers hold. */
    long bytes() {
        long floats =
                (long) values.length + x.length + out.length + swished.length + padded.length + differences.length;
        Workspace other = joined;
        return 4 * (floats + mean.length + squeezed.length + gate.length) + (other == null ? 0 : other.bytes());
    }
}
