package dev.ecgfhir.fhir.file;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a WFDB data file stores its samples, those of all its signals in turn.
 *
 * <h2>References</h2>
 *
 * PhysioNet, WFDB Applications Guide, signal(5): https://physionet.org/physiotools/wag/signal-5.htm
 */
enum WfdbFormat {
    /** 16-bit two's complement, little-endian. */
    SIXTEEN("16", Short.MIN_VALUE) {
        @Override
        long bytes(long points) {
            return 2 * points;
        }

        @Override
        long points(long bytes) {
            return bytes / 2;
        }

        @Override
        int raw(byte[] bytes, int offset, int point) {
            int at = offset + 2 * point;
            return (short) ((bytes[at] & 0xFF) | (bytes[at + 1] << 8));
        }
    },

    /**
     * 12-bit two's complement, two samples in three bytes: the lower eight bits of the first one, the upper four bits of both (those of the first
     * one in the lower half), the lower eight bits of the second one. A last sample without a second one takes two bytes.
     */
    TWELVE("212", -2048) {
        @Override
        long bytes(long points) {
            return ((3 * points) + 1) / 2;
        }

        @Override
        long points(long bytes) {
            return (2 * bytes) / 3;
        }

        @Override
        int raw(byte[] bytes, int offset, int point) {
            int pair = offset + (point / 2) * 3;
            int upper = point % 2 == 0 ? bytes[pair + 1] & 0xF : bytes[pair + 1] >> 4;
            int lower = bytes[point % 2 == 0 ? pair : pair + 2] & 0xFF;
            return (((upper << 8) | lower) << 20) >> 20; // the twelfth bit is the sign
        }
    };

    private final String code;
    private final int missing;

    WfdbFormat(String code, int missing) {
        this.code = code;
        this.missing = missing;
    }

    /** Returns the format of a header's number; empty if it is another one. */
    static Optional<WfdbFormat> of(String code) {
        return Arrays.stream(values())
                .filter(format -> format.code.equals(code))
                .findFirst();
    }

    /** Returns the value that stands for a sample that was not measured. */
    int missing() {
        return missing;
    }

    /** Returns the bytes that so many points take. */
    abstract long bytes(long points);

    /** Returns the whole points in so many bytes. */
    abstract long points(long bytes);

    /**
     * Returns a stored value.
     *
     * @param bytes the file
     * @param offset of its first sample
     * @param point the how manieth of all signals, the first is 0
     */
    abstract int raw(byte[] bytes, int offset, int point);
}
