package dev.ecgfhir.inference.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.inference.Precision;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is packed comes back to the bit. */
class WeightStoreTest {
    private static final int PAIR = Lanes.PAIR;

    @ParameterizedTest
    @CsvSource({"BFLOAT16_WEIGHTS, 8", "FLOAT16_WEIGHTS, 11"})
    void halves_of_words_come_back_as_they_were(Precision precision, int bits) {
        float[][] blocks = blocks(513);
        Random random = new Random(5);
        for (float[] block : blocks) {
            for (int i = 0; i < block.length; i++) {
                float whole = random.nextInt(1 << bits) - (1 << (bits - 1));
                block[i] = Math.scalb(whole, -random.nextInt(20)); // halves below 2^-14 among them
            }
        }
        block_by_block(blocks, WeightStore.of(blocks, precision));
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 513})
    void bytes_and_factors_come_back_as_they_were(int inputs) {
        float[][] blocks = blocks(inputs);
        Random random = new Random(7);
        for (float[] block : blocks) {
            float[] factors = new float[PAIR];
            for (int lane = 0; lane < PAIR; lane++) {
                factors[lane] = random.nextInt(1 << 16) * 0x1p-24f;
            }
            for (int i = 0; i < block.length; i++) {
                int whole = i < PAIR ? 127 : random.nextInt(255) - 127;
                block[i] = factors[i % PAIR] * whole;
            }
        }
        Arrays.fill(blocks[1], 0);
        block_by_block(blocks, WeightStore.of(blocks, Precision.INT8_WEIGHTS));
    }

    private static float[][] blocks(int inputs) {
        int enough = (int) (WeightStore.LARGE_BYTES / (4L * inputs * PAIR)) + 1;
        return new float[enough][inputs * PAIR];
    }

    private static void block_by_block(float[][] blocks, WeightStore store) {
        for (int b = 0; b < blocks.length; b++) {
            float[] found = store.get(b);
            assertThat(found).isNotSameAs(blocks[b]);
            assertThat(Arrays.copyOf(found, blocks[b].length)).as("block %d", b).isEqualTo(blocks[b]);
        }
    }
}
