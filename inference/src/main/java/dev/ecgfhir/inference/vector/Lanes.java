package dev.ecgfhir.inference.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vectors of this processor. A constant, because the compiler makes machine vectors only of a species that it knows. */
final class Lanes {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    /** Floats in a vector. */
    static final int COUNT = SPECIES.length();

    /** Floats in two vectors. A constant of its own: the compiler drops bounds checks only where a loop's index has one factor. */
    static final int PAIR = 2 * COUNT;

    /** Floats in four vectors. */
    static final int QUAD = 4 * COUNT;

    /** True if there are 32 vector registers, false if 16 (AVX2 and before). */
    static final boolean MANY_REGISTERS =
            COUNT >= 16 || !System.getProperty("os.arch", "").equals("amd64");

    private Lanes() {}

    /**
     * Returns the floats that a row of so many channels takes in a buffer: whole pairs of vectors, so that no loop has a rest. The
     * channels added hold zeros.
     */
    static int padded(int channels) {
        int pair = 2 * COUNT;
        return Math.multiplyExact((channels + pair - 1) / pair, pair);
    }

    /**
     * Returns the floats from one row of a signal to the next: {@link #padded}, and two vectors more where that would put all rows of a
     * tile into the same few lines of the first cache (a multiple of 4 KiB).
     */
    static int row(int channels) {
        int padded = padded(channels);
        return padded % 1024 == 0 ? padded + PAIR : padded;
    }
}
