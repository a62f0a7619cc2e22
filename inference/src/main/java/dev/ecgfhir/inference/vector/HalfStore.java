package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Lanes.COUNT;
import static dev.ecgfhir.inference.vector.Lanes.PAIR;
import static dev.ecgfhir.inference.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Weights in IEEE 754 binary16: one word holds a lane of the first vector of a pair, and of the second above it.
 *
 * <p>Exponent and fraction of a half, moved to those of a float, are the value by 2^112, subnormals included; there are neither
 * infinities nor NaN among weights.
 */
final class HalfStore implements WeightStore {
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SPECIES.vectorShape());
    private static final int MOVE = 13; // bits of a float's fraction that a half does not have
    private static final float UP = 0x1p112f; // difference of the exponents' biases
    private static final float DOWN = 0x1p-112f;
    private static final int SIGN = 0x80000000;
    private static final int REST = 0x0fffe000; // exponent and fraction of a half, moved

    private final int[][] words; // [block][input][lanes]

    HalfStore(float[][] blocks) {
        words = new int[blocks.length][];
        for (int b = 0; b < blocks.length; b++) {
            words[b] = new int[blocks[b].length / 2];
            for (int i = 0; i < words[b].length; i++) {
                int at = i / COUNT * PAIR + i % COUNT;
                words[b][i] = half(blocks[b][at]) | half(blocks[b][at + COUNT]) << 16;
            }
        }
    }

    /** Returns the 16 bits of a value that is a half already. */
    private static int half(float value) {
        int bits = Float.floatToRawIntBits(value * DOWN);
        return (bits & SIGN) >>> 16 | (bits & ~SIGN) >>> MOVE;
    }

    @Override
    public float[] get(int block) {
        int[] packed = words[block];
        float[] room = Widened.room(2 * packed.length);
        for (int i = 0, to = 0; i < packed.length; i += COUNT, to += PAIR) {
            IntVector word = IntVector.fromArray(INTS, packed, i);
            widen(word.lanewise(VectorOperators.LSHL, 16)).intoArray(room, to);
            widen(word).intoArray(room, to + COUNT);
        }
        return room;
    }

    /** Widens the upper half of each word. */
    private static FloatVector widen(IntVector word) {
        IntVector rest = word.lanewise(VectorOperators.LSHR, 16 - MOVE).and(REST);
        FloatVector magnitude = rest.reinterpretAsFloats().mul(UP);
        return magnitude.reinterpretAsInts().or(word.and(SIGN)).reinterpretAsFloats();
    }
}
