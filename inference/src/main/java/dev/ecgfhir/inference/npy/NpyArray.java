package dev.ecgfhir.inference.npy;

import java.util.Arrays;

/**
 * An array of numbers with a shape, in C order. Values are held as doubles, which keep every value of the supported types.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class NpyArray {
    private final NpyType type;
    private final int[] shape;
    private final double[] values;

    private NpyArray(NpyType type, int[] shape, double[] values) {
        this.type = type;
        this.shape = shape;
        this.values = values;
    }

    /** Takes the arrays over without a copy. */
    static NpyArray owning(NpyType type, int[] shape, double[] values) {
        return new NpyArray(type, shape, values);
    }

    /**
     * Makes a float64 array.
     *
     * @param values in C order; as many as the shape says
     * @param shape lengths of the axes
     * @return the array
     */
    public static NpyArray ofDoubles(double[] values, int... shape) {
        check(values.length, shape);
        return new NpyArray(NpyType.FLOAT64, shape.clone(), values.clone());
    }

    /**
     * Makes a float32 array.
     *
     * @param values in C order; as many as the shape says
     * @param shape lengths of the axes
     * @return the array
     */
    public static NpyArray ofFloats(float[] values, int... shape) {
        check(values.length, shape);
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return new NpyArray(NpyType.FLOAT32, shape.clone(), doubles);
    }

    /**
     * Makes a float64 array of two axes.
     *
     * @param rows [rows][columns], all rows of one length
     * @return the array
     */
    public static NpyArray ofRows(double[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        double[] values = new double[Math.multiplyExact(rows.length, columns)];
        for (int row = 0; row < rows.length; row++) {
            if (rows[row].length != columns) {
                throw new IllegalArgumentException(
                        "row " + row + " has " + rows[row].length + " values, row 0 has " + columns);
            }
            System.arraycopy(rows[row], 0, values, row * columns, columns);
        }
        return new NpyArray(NpyType.FLOAT64, new int[] {rows.length, columns}, values);
    }

    /** Returns the element type that the array has in a file. */
    public NpyType type() {
        return type;
    }

    /** Returns a copy of the lengths of the axes. */
    public int[] shape() {
        return shape.clone();
    }

    /** Returns the number of axes. */
    public int dimensions() {
        return shape.length;
    }

    /** Returns a copy of the values in C order. */
    public double[] doubles() {
        return values.clone();
    }

    /** Returns the values in C order, rounded to float32. */
    public float[] floats() {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /**
     * Returns a copy as rows.
     *
     * @return [rows][columns]
     * @throws NpyException if the array has not two axes
     */
    public double[][] rows() {
        if (shape.length != 2) {
            throw new NpyException("expected an array of two axes, found shape " + Arrays.toString(shape));
        }
        double[][] rows = new double[shape[0]][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(values, row * shape[1], (row + 1) * shape[1]);
        }
        return rows;
    }

    int length() {
        return values.length;
    }

    double value(int index) {
        return values[index];
    }

    private static void check(int values, int[] shape) {
        long product = 1;
        for (int length : shape) {
            if (length < 0) {
                throw new IllegalArgumentException("a shape has no negative length, was " + Arrays.toString(shape));
            }
            product = Math.multiplyExact(product, (long) length);
        }
        if (product != values) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " has " + product + " values, got " + values);
        }
    }
}
