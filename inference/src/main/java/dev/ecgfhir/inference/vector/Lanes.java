package dev.ecgfhir.inference.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vectors of this processor. A constant, because the compiler makes machine vectors only of a species that it knows. */
final class Lanes {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    /** Floats in a vector. */
    static final int COUNT = SPECIES.length();

    private Lanes() {}

    /**
     * Returns the floats that a row of so many channels takes in a buffer: whole pairs of vectors, so that no loop has a rest. The
     * channels added hold zeros.
     */
    static int padded(int channels) {
        int pair = 2 * COUNT;
        return Math.multiplyExact((channels + pair - 1) / pair, pair);
    }
}
