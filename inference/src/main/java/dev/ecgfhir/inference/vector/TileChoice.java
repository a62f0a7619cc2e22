package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Lanes.COUNT;

/**
 * The tile that convolutions are computed by on this processor. Where there are 32 registers, the faster of two is found by trying: ten
 * rows suit processors that start one product of full width at a time, eight rows those that start two. The answers are the same to
 * the bit.
 */
final class TileChoice {
    /** Rows of the tile. */
    static final int ROWS = choose();

    private static final int INPUTS = 256;
    private static final int CALLS = 8; // in one measurement
    private static final int ENOUGH = 300; // measurements without a better one
    private static final long LONGEST_NANOS = 600_000_000; // compiling takes most of it

    /** While one is so many times slower, it is not compiled yet: on a busy machine that takes longer. */
    private static final int UNEVEN = 2;

    private static final long LONGEST_UNEVEN_NANOS = 3_000_000_000L;

    private TileChoice() {}

    private static int choose() {
        if (!Lanes.MANY_REGISTERS) {
            return SmallTile.ROWS;
        }
        float[] x = new float[TallTile.ROWS * INPUTS];
        float[] w = new float[2 * COUNT * INPUTS];
        float[] b = new float[2 * COUNT];
        float[] y = new float[TallTile.ROWS * 2 * COUNT];
        long start = System.nanoTime();
        long tall = Long.MAX_VALUE;
        long wide = Long.MAX_VALUE;
        int same = 0;
        while (!settled(tall, wide, same, System.nanoTime() - start)) {
            long before = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                TallTile.run(x, 0, INPUTS, INPUTS, w, 0, b, 0, y, 0, COUNT, 2 * COUNT);
            }
            long between = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                WideTile.run(x, 0, INPUTS, INPUTS, w, 0, b, 0, y, 0, COUNT, 2 * COUNT);
            }
            long tallNow = (between - before) * WideTile.ROWS;
            long wideNow = (System.nanoTime() - between) * TallTile.ROWS;
            same = tallNow < tall || wideNow < wide ? 0 : same + 1;
            tall = Math.min(tall, tallNow);
            wide = Math.min(wide, wideNow);
        }
        return tall <= wide ? TallTile.ROWS : WideTile.ROWS;
    }

    private static boolean settled(long tall, long wide, int same, long spent) {
        if (Math.max(tall, wide) / UNEVEN >= Math.min(tall, wide)) {
            return spent >= LONGEST_UNEVEN_NANOS;
        }
        return same >= ENOUGH || spent >= LONGEST_NANOS;
    }
}
