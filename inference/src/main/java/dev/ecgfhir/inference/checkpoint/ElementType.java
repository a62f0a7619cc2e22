package dev.ecgfhir.inference.checkpoint;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The number formats in which checkpoints store tensors. All are little-endian. */
enum ElementType {
    FLOAT32(4, true, "FloatStorage", "F32"),
    FLOAT64(8, true, "DoubleStorage", "F64"),
    FLOAT16(2, true, "HalfStorage", "F16"),
    BFLOAT16(2, true, "BFloat16Storage", "BF16"),
    INT64(8, false, "LongStorage", "I64"),
    INT32(4, false, "IntStorage", "I32"),
    INT16(2, false, "ShortStorage", "I16"),
    INT8(1, false, "CharStorage", "I8"),
    UINT8(1, false, "ByteStorage", "U8"),
    BOOL(1, false, "BoolStorage", "BOOL");

    private final int bytes;
    private final boolean floating;
    private final String torchStorage;
    private final String safetensorsName;

    ElementType(int bytes, boolean floating, String torchStorage, String safetensorsName) {
        this.bytes = bytes;
        this.floating = floating;
        this.torchStorage = torchStorage;
        this.safetensorsName = safetensorsName;
    }

    int bytes() {
        return bytes;
    }

    boolean floating() {
        return floating;
    }

    /** Returns the type of a torch storage class, for example {@code FloatStorage}; null if it is not known. */
    static @Nullable ElementType ofTorchStorage(String name) {
        for (ElementType type : values()) {
            if (type.torchStorage.equals(name)) {
                return type;
            }
        }
        return null;
    }

    /** Returns the type of a safetensors name, for example {@code F32}; null if it is not known. */
    static @Nullable ElementType ofSafetensors(String name) {
        for (ElementType type : values()) {
            if (type.safetensorsName.equals(name)) {
                return type;
            }
        }
        return null;
    }

    /**
     * Reads one floating-point element, rounded to float.
     *
     * @param storage little-endian
     * @param index in elements
     */
    float toFloat(ByteBuffer storage, int index) {
        return switch (this) {
            case FLOAT32 -> storage.getFloat(index * 4);
            case FLOAT64 -> (float) storage.getDouble(index * 8);
            case FLOAT16 -> halfToFloat(storage.getShort(index * 2));
            case BFLOAT16 -> Float.intBitsToFloat(storage.getShort(index * 2) << 16);
            case INT64, INT32, INT16, INT8, UINT8, BOOL ->
                throw new IllegalStateException(this + " is not a floating-point type");
        };
    }

    /** Widens an IEEE 754 binary16 value, subnormals, infinities and NaN included; exact. */
    static float halfToFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >>> 10) & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0x1f) {
            return Float.intBitsToFloat(sign | 0x7f800000 | (fraction << 13));
        }
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (fraction << 13));
    }
}
