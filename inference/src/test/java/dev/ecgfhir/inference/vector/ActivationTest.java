package dev.ecgfhir.inference.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ActivationTest {
    /** Beyond float's range of exp, at its borders, around nothing, and as signals have them. */
    private static final float[] VALUES = {
        -Float.MAX_VALUE,
        -1e30f,
        -1000,
        -88.5f,
        -88,
        -87.5f,
        -87,
        -86.9f,
        -20,
        -3,
        -1,
        -0.1f,
        -1e-20f,
        -Float.MIN_VALUE,
        -0f,
        0,
        Float.MIN_VALUE,
        1e-20f,
        0.1f,
        1,
        3,
        20,
        86.9f,
        87,
        87.5f,
        88,
        88.5f,
        1000,
        1e30f,
        Float.MAX_VALUE
    };

    @Test
    void swish_is_x_by_one_plus_exp_of_minus_x() {
        float[] x = padded();
        float[] y = new float[x.length];

        Activation.swish(x, 0, y, 0, x.length);

        for (int i = 0; i < x.length; i++) {
            double expected = x[i] / (1 + Math.exp(-x[i]));
            assertThat((double) y[i]).as("swish of %s", x[i]).isCloseTo(expected, within(x[i], expected));
        }
    }

    @Test
    void sigmoid_is_one_by_one_plus_exp_of_minus_x() {
        float[] x = padded();
        float[] y = x.clone();

        Activation.sigmoid(y, 0, y.length);

        for (int i = 0; i < x.length; i++) {
            double expected = 1 / (1 + Math.exp(-x[i]));
            assertThat((double) y[i]).as("sigmoid of %s", x[i]).isCloseTo(expected, within(x[i], expected));
        }
    }

    @Test
    void a_value_that_is_no_number_stays_so() {
        float[] y = new float[Lanes.COUNT];
        Arrays.fill(y, Float.NaN);

        Activation.swish(y, 0, y, 0, y.length);

        assertThat(y).containsOnly(Float.NaN);
    }

    /** Below -87 the sigmoid stays at 1.6e-38. */
    private static Offset<Double> within(float x, double expected) {
        return Offset.offset(4e-7 * Math.abs(expected) + 2e-38 * Math.max(1, Math.abs(x)));
    }

    private static float[] padded() {
        return Arrays.copyOf(VALUES, (VALUES.length + Lanes.COUNT - 1) / Lanes.COUNT * Lanes.COUNT);
    }
}
