package dev.ecgfhir.inference.vector;

import dev.ecgfhir.inference.Precision;

/**
 * Blocks of weights, each of whole pairs of vectors; each lane has an output channel. Implementations are immutable and safe to share between threads.
 *
 * <p>Weights that were rounded lie packed, without further loss, and are widened when a block is asked for: fewer bytes come from memory,
 * and one widening serves all rows and records of a piece of work.
 */
interface WeightStore {
    /** Bytes of a layer's weights from which packing them saves more than widening costs. */
    long LARGE_BYTES = 1L << 20;

    /**
     * Packs weights that were rounded to a precision; small layers stay as they are.
     *
     * @param blocks [block][input][2 * lanes], as long as each other; not copied
     * @param precision what they were rounded to
     */
    static WeightStore of(float[][] blocks, Precision precision) {
        if (4L * blocks.length * blocks[0].length < LARGE_BYTES) {
            return block -> blocks[block];
        }
        return switch (precision) {
            case FLOAT32, BFLOAT16 -> block -> blocks[block];
            case BFLOAT16_WEIGHTS -> new Bfloat16Store(blocks);
            case FLOAT16_WEIGHTS -> new HalfStore(blocks);
            case INT8_WEIGHTS -> new Int8Store(blocks);
        };
    }

    /**
     * Returns the weights of a block, from index 0 on.
     *
     * @param block which
     * @return valid until the calling thread asks for another block, of whatever store; do not modify
     */
    float[] get(int block);
}
