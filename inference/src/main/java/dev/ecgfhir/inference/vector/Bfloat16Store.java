package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Lanes.COUNT;
import static dev.ecgfhir.inference.vector.Lanes.PAIR;
import static dev.ecgfhir.inference.vector.Lanes.SPECIES;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Weights in bfloat16, the upper half of a float32: one word holds a lane of the first vector of a pair, and of the second above it. */
final class Bfloat16Store implements WeightStore {
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SPECIES.vectorShape());

    private final int[][] words; // [block][input][lanes]

    Bfloat16Store(float[][] blocks) {
        words = new int[blocks.length][];
        for (int b = 0; b < blocks.length; b++) {
            words[b] = new int[blocks[b].length / 2];
            for (int i = 0; i < words[b].length; i++) {
                int at = i / COUNT * PAIR + i % COUNT;
                words[b][i] = Float.floatToRawIntBits(blocks[b][at]) >>> 16
                        | Float.floatToRawIntBits(blocks[b][at + COUNT]) & 0xffff0000;
            }
        }
    }

    @Override
    public float[] get(int block) {
        int[] packed = words[block];
        float[] room = Widened.room(2 * packed.length);
        for (int i = 0, to = 0; i < packed.length; i += COUNT, to += PAIR) {
            IntVector word = IntVector.fromArray(INTS, packed, i);
            word.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().intoArray(room, to);
            word.and(0xffff0000).reinterpretAsFloats().intoArray(room, to + COUNT);
        }
        return room;
    }
}
