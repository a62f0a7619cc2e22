package dev.ecgfhir.inference.npy;

import java.nio.ByteBuffer;
import java.util.Optional;

/** An element type of a NumPy array. */
public enum NpyType {
    /** {@code float32}. */
    FLOAT32("f4", 4),
    /** {@code float64}. */
    FLOAT64("f8", 8),
    /** {@code int8}. */
    INT8("i1", 1),
    /** {@code int16}. */
    INT16("i2", 2),
    /** {@code int32}. */
    INT32("i4", 4),
    /** {@code int64}; read only where every value is exact as a double. */
    INT64("i8", 8);

    private static final long LARGEST_EXACT = 1L << 53;

    private final String code;
    private final int bytes;

    NpyType(String code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    static Optional<NpyType> ofCode(String code) {
        for (NpyType type : values()) {
            if (type.code.equals(code)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    String code() {
        return code;
    }

    int bytes() {
        return bytes;
    }

    double read(ByteBuffer from) {
        return switch (this) {
            case FLOAT32 -> from.getFloat();
            case FLOAT64 -> from.getDouble();
            case INT8 -> from.get();
            case INT16 -> from.getShort();
            case INT32 -> from.getInt();
            case INT64 -> exact(from.getLong());
        };
    }

    private static double exact(long value) {
        if (value > LARGEST_EXACT || value < -LARGEST_EXACT) {
            throw new NpyException("an int64 value is beyond 2^53 and has no exact double");
        }
        return value;
    }
}
