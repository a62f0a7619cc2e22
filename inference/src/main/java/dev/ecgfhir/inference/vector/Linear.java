package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Lanes.COUNT;
import static dev.ecgfhir.inference.vector.Lanes.SPECIES;

import dev.ecgfhir.inference.Precision;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** A linear layer. Immutable and safe to share between threads. */
final class Linear {
    private final int row;
    private final WeightStore weights; // [outputs][row], zero where there is no input
    private final float[] bias;

    /**
     * Copies the weights.
     *
     * @param weight [outputs][inputs]
     * @param bias [outputs]
     * @param precision what the weights were rounded to
     */
    Linear(float[] weight, float[] bias, Precision precision) {
        int inputs = weight.length / bias.length;
        this.row = Lanes.padded(inputs);
        this.bias = bias.clone();
        float[][] rows = new float[bias.length][row];
        for (int o = 0; o < bias.length; o++) {
            System.arraycopy(weight, o * inputs, rows[o], 0, inputs);
        }
        weights = WeightStore.of(rows, true, precision);
    }

    /** Returns the number of outputs. */
    int outputs() {
        return bias.length;
    }

    /**
     * Computes outputs for several inputs; a weight that is loaded serves them all.
     *
     * @param x [records][inputRow], finite in the first {@link Lanes#padded} of a record
     * @param inputRow floats in a row of the input
     * @param y [records][outputRow]
     * @param outputRow floats in a row of the output
     * @param records how many
     * @param first output
     * @param last output, exclusive
     */
    void run(float[] x, int inputRow, float[] y, int outputRow, int records, int first, int last) {
        for (int o = first; o < last; o++) {
            float[] w = weights.get(o);
            for (int r = 0; r < records; r++) {
                y[r * outputRow + o] = dot(w, x, r * inputRow) + bias[o];
            }
        }
    }

    private float dot(float[] w, float[] x, int start) {
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = a;
        for (int i = 0; i < row; i += 2 * COUNT) {
            a = FloatVector.fromArray(SPECIES, w, i).fma(FloatVector.fromArray(SPECIES, x, start + i), a);
            b = FloatVector.fromArray(SPECIES, w, i + COUNT)
                    .fma(FloatVector.fromArray(SPECIES, x, start + i + COUNT), b);
        }
        return a.add(b).reduceLanes(VectorOperators.ADD);
    }
}
