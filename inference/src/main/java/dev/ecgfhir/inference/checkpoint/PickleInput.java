package dev.ecgfhir.inference.checkpoint;

import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.CheckpointException.Reason;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a pickle as opcodes and their arguments. Nothing is allocated for a length that the input does not have. Reading past
 * the end is a {@link java.nio.BufferUnderflowException}. Not safe for concurrent use.
 */
final class PickleInput {
    private static final int LONGEST_LINE = 256;

    private final String where;
    private final ByteBuffer in;

    /**
     * Takes the buffer over.
     *
     * @param where names the file and its part in messages
     * @param bytes starts at the pickle; its position moves as it is read
     */
    PickleInput(String where, ByteBuffer bytes) {
        this.where = where;
        this.in = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns the position of the next byte. */
    int position() {
        return in.position();
    }

    int unsignedByte() {
        return in.get() & 0xff;
    }

    int unsignedShort() {
        return in.getShort() & 0xffff;
    }

    int signedInt() {
        return in.getInt();
    }

    long unsignedInt() {
        return in.getInt() & 0xffffffffL;
    }

    long signedLong() {
        return in.getLong();
    }

    /** Reads a BINFLOAT, the one big-endian value of the language. */
    double bigEndianDouble() {
        return Double.longBitsToDouble(Long.reverseBytes(in.getLong()));
    }

    /** Reads a signed integer of any length; a Long where it fits, else a BigInteger. */
    Object integer(int length) {
        byte[] littleEndian = bytes(length);
        byte[] bigEndian = new byte[length];
        for (int i = 0; i < length; i++) {
            bigEndian[i] = littleEndian[length - 1 - i];
        }
        BigInteger value = length == 0 ? BigInteger.ZERO : new BigInteger(bigEndian);
        return value.bitLength() < 64 ? value.longValue() : value;
    }

    String text(long length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(length)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CheckpointException(Reason.DAMAGED, where + ": a text of the pickle is not UTF-8", e);
        }
    }

    /** Skips a byte string, whose content is never used. */
    void skip(long length) {
        in.position(in.position() + fitting(length));
    }

    /** Reads to the next line feed, which is not returned. */
    String line() {
        int start = in.position();
        while (in.get() != '\n') {
            if (in.position() - start > LONGEST_LINE) {
                throw new CheckpointException(
                        Reason.DAMAGED, where + ": a global's name is longer than " + LONGEST_LINE + " bytes");
            }
        }
        byte[] name = new byte[in.position() - start - 1];
        in.get(start, name);
        return new String(name, StandardCharsets.UTF_8);
    }

    private byte[] bytes(long length) {
        byte[] bytes = new byte[fitting(length)];
        in.get(bytes);
        return bytes;
    }

    private int fitting(long claimed) {
        if (claimed > in.remaining()) {
            throw new CheckpointException(
                    Reason.DAMAGED,
                    where + ": a value of " + claimed + " bytes does not fit in the " + in.remaining()
                            + " that are left");
        }
        return (int) claimed;
    }
}
