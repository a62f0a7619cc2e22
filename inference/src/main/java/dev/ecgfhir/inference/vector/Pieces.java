package dev.ecgfhir.inference.vector;

/**
 * A convolution's output parted among threads: long signals by rows, so that a piece needs few of the inputs; short ones with many
 * channels by channels, so that a piece needs few of the weights.
 *
 * @param length rows of the output
 * @param panels of weights
 */
record Pieces(int length, int panels) {
    private static final int MOST = 16;
    private static final int LONG = MOST * 2 * TileChoice.ROWS;

    /** Returns how many pieces there are. */
    int count() {
        return Math.min(MOST, byRows() ? length : panels);
    }

    int firstRow(int piece) {
        return byRows() ? border(piece) : 0;
    }

    int rows(int piece) {
        return byRows() ? border(piece + 1) - border(piece) : length;
    }

    int firstPanel(int piece) {
        return byRows() ? 0 : panels * piece / count();
    }

    /** Returns the panel after the last one of a piece. */
    int lastPanel(int piece) {
        return byRows() ? panels : panels * (piece + 1) / count();
    }

    /** Whole tiles, but for the last piece. */
    private int border(int piece) {
        int tiles = (length + TileChoice.ROWS - 1) / TileChoice.ROWS;
        return Math.min(length, (int) ((long) tiles * piece / count()) * TileChoice.ROWS);
    }

    private boolean byRows() {
        return length >= LONG;
    }
}
