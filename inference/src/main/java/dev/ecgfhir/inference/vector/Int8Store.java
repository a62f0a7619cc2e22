package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Lanes.COUNT;
import static dev.ecgfhir.inference.vector.Lanes.PAIR;
import static dev.ecgfhir.inference.vector.Lanes.QUAD;
import static dev.ecgfhir.inference.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Weights as whole numbers of -127..127 by a factor for each channel: one word holds a lane of four vectors that lie one after another, the
 * first one in the lowest byte.
 *
 * <p>The largest weight of a channel is 127 times its factor, exactly; by that the factor is found again.
 */
final class Int8Store implements WeightStore {
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SPECIES.vectorShape());
    private static final int MOST = 127;

    private final int length; // floats in a block
    private final int[][] words; // [block][inputs / 2, rounded up][lanes]
    private final float[][] factors; // [block][2 * lanes]

    /**
     * Packs rounded weights.
     *
     * @param blocks [block][input][2 * lanes]
     */
    Int8Store(float[][] blocks) {
        length = blocks[0].length;
        words = new int[blocks.length][(length + QUAD - 1) / QUAD * COUNT];
        factors = new float[blocks.length][PAIR];
        for (int b = 0; b < blocks.length; b++) {
            for (int i = 0; i < length; i++) {
                factors[b][i % PAIR] = Math.max(factors[b][i % PAIR], Math.abs(blocks[b][i]) / MOST);
            }
            for (int i = 0; i < length; i++) {
                float factor = factors[b][i % PAIR];
                int whole = factor == 0 ? 0 : Math.round(blocks[b][i] / factor);
                words[b][i / QUAD * COUNT + i % COUNT] |= (whole & 0xff) << (i % QUAD / COUNT * 8);
            }
        }
    }

    @Override
    public float[] get(int block) {
        int[] packed = words[block];
        float[] room = Widened.room(4 * packed.length);
        FloatVector first = FloatVector.fromArray(SPECIES, factors[block], 0);
        FloatVector second = FloatVector.fromArray(SPECIES, factors[block], COUNT);
        for (int i = 0, to = 0; i < packed.length; i += COUNT, to += QUAD) {
            IntVector word = IntVector.fromArray(INTS, packed, i);
            widen(word.lanewise(VectorOperators.LSHL, 24)).mul(first).intoArray(room, to);
            widen(word.lanewise(VectorOperators.LSHL, 16)).mul(second).intoArray(room, to + COUNT);
            widen(word.lanewise(VectorOperators.LSHL, 8)).mul(first).intoArray(room, to + PAIR);
            widen(word).mul(second).intoArray(room, to + PAIR + COUNT);
        }
        return room;
    }

    /** Widens the highest byte of each word. */
    private static FloatVector widen(IntVector word) {
        return (FloatVector) word.lanewise(VectorOperators.ASHR, 24).convert(VectorOperators.I2F, 0);
    }
}
