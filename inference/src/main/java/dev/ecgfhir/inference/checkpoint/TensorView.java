package dev.ecgfhir.inference.checkpoint;

import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.CheckpointException.Reason;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Where a tensor lies in its storage, as the file says; {@link #check} decides whether that can be true.
 *
 * @param type number format
 * @param storage key of the storage in its container
 * @param storageElements elements that the storage is said to have
 * @param offset first element, in elements
 * @param shape sizes of the dimensions
 * @param strides steps between neighbours in each dimension, in elements
 */
record TensorView(
        ElementType type, String storage, long storageElements, long offset, List<Long> shape, List<Long> strides) {
    static final int MOST_DIMENSIONS = 8;

    TensorView {
        shape = List.copyOf(shape);
        strides = List.copyOf(strides);
    }

    /** Returns the number of elements; call only after {@link #check}. */
    long elements() {
        long elements = 1;
        for (long size : shape) {
            elements *= size;
        }
        return elements;
    }

    /**
     * Checks that the tensor lies inside its storage and does not claim more elements than that has, so that nobody allocates by
     * a number that the file merely asserts.
     *
     * @param where names the file and the tensor
     */
    void check(String where) {
        if (shape.size() != strides.size() || shape.size() > MOST_DIMENSIONS) {
            throw invalid(
                    where,
                    "it has " + shape.size() + " sizes and " + strides.size() + " strides; expected as many of"
                            + " each, at most " + MOST_DIMENSIONS);
        }
        if (offset < 0 || storageElements < 0) {
            throw invalid(
                    where,
                    "it starts at element " + offset + " of a storage of " + storageElements
                            + "; neither may be negative");
        }
        long elements = 1;
        long last = offset;
        try {
            for (int i = 0; i < shape.size(); i++) {
                if (shape.get(i) < 0 || strides.get(i) < 0) {
                    throw invalid(where, "shape " + shape + " with strides " + strides + " has a negative entry");
                }
                elements = Math.multiplyExact(elements, shape.get(i));
                last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape.get(i) - 1), strides.get(i)));
            }
        } catch (ArithmeticException e) {
            throw new CheckpointException(Reason.INVALID_TENSOR, where + ": shape " + shape + " overflows 64 bits", e);
        }
        if (elements > storageElements) {
            throw invalid(
                    where, "shape " + shape + " needs " + elements + " elements, its storage has " + storageElements);
        }
        if (elements > 0 && last >= storageElements) {
            throw invalid(
                    where,
                    "shape " + shape + " with strides " + strides + " from element " + offset + " reaches element "
                            + last + ", its storage has " + storageElements);
        }
    }

    /**
     * Copies the tensor out of its storage.
     *
     * @param bytes the whole storage, little-endian
     * @return the values in C order, rounded to float
     */
    float[] read(ByteBuffer bytes) {
        float[] values = new float[Math.toIntExact(elements())];
        int[] position = new int[shape.size()];
        long index = offset; // wraps harmlessly: check() keeps every element that is read inside the storage
        for (int i = 0; i < values.length; i++) {
            values[i] = type.toFloat(bytes, Math.toIntExact(index));
            for (int d = position.length - 1; d >= 0; d--) {
                position[d]++;
                index += strides.get(d);
                if (position[d] < shape.get(d)) {
                    break;
                }
                index -= strides.get(d) * shape.get(d);
                position[d] = 0;
            }
        }
        return values;
    }

    private static CheckpointException invalid(String where, String text) {
        return new CheckpointException(Reason.INVALID_TENSOR, where + ": " + text);
    }
}
