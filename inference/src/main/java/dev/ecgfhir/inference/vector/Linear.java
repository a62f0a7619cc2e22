package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Lanes.COUNT;
import static dev.ecgfhir.inference.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** A linear layer for one vector of inputs. Immutable and safe to share between threads. */
final class Linear {
    private final int row;
    private final float[] weights; // [outputs][row], zero where there is no input
    private final float[] bias;

    /**
     * Copies the weights.
     *
     * @param weight [outputs][inputs]
     * @param bias [outputs]
     */
    Linear(float[] weight, float[] bias) {
        int inputs = weight.length / bias.length;
        this.row = Lanes.padded(inputs);
        this.bias = bias.clone();
        weights = new float[Math.multiplyExact(bias.length, row)];
        for (int o = 0; o < bias.length; o++) {
            System.arraycopy(weight, o * inputs, weights, o * row, inputs);
        }
    }

    /**
     * Computes all outputs.
     *
     * @param x [inputs], finite up to whole pairs of vectors
     * @param y [outputs]
     */
    void run(float[] x, float[] y) {
        for (int o = 0; o < bias.length; o++) {
            int p = o * row;
            FloatVector a = FloatVector.zero(SPECIES);
            FloatVector b = a;
            for (int i = 0; i < row; i += 2 * COUNT) {
                a = FloatVector.fromArray(SPECIES, weights, p + i).fma(FloatVector.fromArray(SPECIES, x, i), a);
                b = FloatVector.fromArray(SPECIES, weights, p + i + COUNT)
                        .fma(FloatVector.fromArray(SPECIES, x, i + COUNT), b);
            }
            y[o] = a.add(b).reduceLanes(VectorOperators.ADD) + bias[o];
        }
    }
}
