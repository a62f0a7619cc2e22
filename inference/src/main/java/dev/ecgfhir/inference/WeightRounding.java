package dev.ecgfhir.inference;

import dev.ecgfhir.inference.checkpoint.Architecture.Weight;
import dev.ecgfhir.inference.checkpoint.Network;
import java.util.HashMap;
import java.util.Map;

/**
 * Rounds a network's weights to a smaller format. Biases stay: they are few. Stateless.
 *
 * <p>The factor of an int8 channel is its largest weight by 127, cut to 16 significant bits: then each product of a factor and a whole
 * number is exact in float32, and an engine finds both again in the rounded weights.
 */
final class WeightRounding {
    private static final int INT8_MOST = 127;
    private static final int INT8_FACTOR_MASK = 0xffffff00; // 16 significant bits
    private static final float HALF_MOST = 65504;

    private WeightRounding() {}

    /** Returns the network as it is at work; itself if nothing is rounded. */
    static Network of(Network network, Precision precision) {
        if (!precision.weightsOnly()) {
            return network;
        }
        Map<String, float[]> rounded = new HashMap<>();
        for (Weight weight : network.architecture().weights()) {
            float[] values = network.weight(weight.name());
            if (weight.shape().size() > 1) {
                values = values.clone();
                round(values, Math.toIntExact(weight.shape().get(0)), precision);
            }
            rounded.put(weight.name(), values);
        }
        return network.with(rounded);
    }

    private static void round(float[] values, int channels, Precision precision) {
        switch (precision) {
            case BFLOAT16_WEIGHTS -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = bfloat16(values[i]);
                }
            }
            case FLOAT16_WEIGHTS -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = half(values[i]);
                }
            }
            case INT8_WEIGHTS -> {
                int count = values.length / channels;
                for (int c = 0; c < channels; c++) {
                    int8(values, c * count, count);
                }
            }
            case FLOAT32, BFLOAT16 -> throw new IllegalArgumentException(precision + " does not round weights alone");
        }
    }

    /** Rounds to 8 significant bits, to even where two are equally near. */
    static float bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int rounded = (bits + 0x7fff + ((bits >>> 16) & 1)) & 0xffff0000;
        float result = Float.intBitsToFloat(rounded);
        return Float.isFinite(result) ? result : Float.intBitsToFloat(rounded - 0x10000);
    }

    /** Rounds to 11 significant bits, fewer below 2^-14, to even where two are equally near; at most 65504. */
    static float half(float value) {
        float bounded = Math.max(-HALF_MOST, Math.min(HALF_MOST, value));
        // the last bit that a half keeps: 2^(exponent - 10), at least 2^-24; adding and taking off 1.5 * 2^23 of it
        // rounds there
        int exponent = Math.max(-14, Math.getExponent(bounded));
        float magic = 0x1.8p23f * Math.scalb(1f, exponent - 10);
        return bounded + magic - magic;
    }

    private static void int8(float[] values, int from, int count) {
        float largest = 0;
        for (int i = from; i < from + count; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        float factor = Float.intBitsToFloat(Float.floatToRawIntBits(largest / INT8_MOST) & INT8_FACTOR_MASK);
        for (int i = from; i < from + count; i++) {
            int whole = factor == 0 ? 0 : Math.round(values[i] / factor);
            values[i] = factor * Math.max(-INT8_MOST, Math.min(INT8_MOST, whole));
        }
    }
}
