package dev.ecgfhir.inference.npy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Reads and writes NumPy's {@code .npy} files: format 1.0, C order; float32, float64 and signed integers; little- or big-endian when
 * read, little-endian when written. Safe for concurrent callers.
 *
 * <p>References: NumPy, {@code numpy.lib.format}, NPY format version 1.0.
 */
public final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int PREFIX = MAGIC.length + 4;
    private static final int ALIGNMENT = 64;
    private static final long LARGEST_FILE = 1L << 30;

    private NpyFile() {}

    /**
     * Reads a file.
     *
     * @param file the file
     * @return its array
     * @throws IOException if the file cannot be read
     * @throws NpyException if it is not an array that this class reads; the message names the file
     */
    public static NpyArray read(Path file) throws IOException {
        if (Files.size(file) > LARGEST_FILE) {
            throw new NpyException(
                    file + ": has " + Files.size(file) + " bytes; at most " + LARGEST_FILE + " are read");
        }
        try {
            return parse(Files.readAllBytes(file));
        } catch (NpyException e) {
            throw new NpyException(file + ": " + e.getMessage());
        }
    }

    /**
     * Reads an array from the bytes of a file.
     *
     * @param file the whole file
     * @return its array
     * @throws NpyException if it is not an array that this class reads
     */
    public static NpyArray parse(byte[] file) {
        if (file.length < PREFIX || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new NpyException("not a NumPy file: it does not begin with \\x93NUMPY");
        }
        if (file[MAGIC.length] != 1 || file[MAGIC.length + 1] != 0) {
            throw new NpyException("expected format 1.0, found " + file[MAGIC.length] + "." + file[MAGIC.length + 1]);
        }
        int headerLength = (file[PREFIX - 2] & 0xff) | (file[PREFIX - 1] & 0xff) << 8;
        if (PREFIX + headerLength > file.length) {
            throw new NpyException("the header says that it has " + headerLength + " bytes, the file has " + file.length
                    + " bytes altogether");
        }
        NpyHeader header = NpyHeader.parse(new String(file, PREFIX, headerLength, StandardCharsets.ISO_8859_1));
        long expected = header.values() * header.type().bytes();
        int found = file.length - PREFIX - headerLength;
        if (expected != found) {
            throw new NpyException("shape " + Arrays.toString(header.shape()) + " of " + header.type() + " needs "
                    + expected + " bytes of values, the file has " + found);
        }
        ByteBuffer data = ByteBuffer.wrap(file, PREFIX + headerLength, found).order(header.order());
        double[] values = new double[(int) header.values()];
        for (int i = 0; i < values.length; i++) {
            values[i] = header.type().read(data);
        }
        return NpyArray.owning(header.type(), header.shape(), values);
    }

    /**
     * Writes a float32 or float64 array.
     *
     * @param file where to; an existing file is replaced
     * @param array the array
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, NpyArray array) throws IOException {
        byte[] bytes = bytes(array);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(bytes);
        }
    }

    /**
     * Returns a float32 or float64 array as the bytes of a file.
     *
     * @param array the array
     * @return the whole file
     */
    public static byte[] bytes(NpyArray array) {
        if (array.type() != NpyType.FLOAT32 && array.type() != NpyType.FLOAT64) {
            throw new IllegalArgumentException("only float32 and float64 arrays are written, was " + array.type());
        }
        byte[] header =
                header(array.type(), Arrays.stream(array.shape()).asLongStream().toArray());
        byte[] values = values(array);
        return ByteBuffer.allocate(Math.addExact(header.length, values.length))
                .put(header)
                .put(values)
                .array();
    }

    static byte[] header(NpyType type, long... shape) {
        String lengths = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        String dictionary = "{'descr': '<" + type.code() + "', 'fortran_order': False, 'shape': (" + lengths
                + (shape.length == 1 ? ",), }" : "), }");
        int unpadded = PREFIX + dictionary.length() + 1;
        int total = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer header = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (total - PREFIX));
        header.put(dictionary.getBytes(StandardCharsets.ISO_8859_1));
        while (header.position() < total - 1) {
            header.put((byte) ' ');
        }
        return header.put((byte) '\n').array();
    }

    private static byte[] values(NpyArray array) {
        ByteBuffer data = ByteBuffer.allocate(
                        Math.multiplyExact(array.length(), array.type().bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < array.length(); i++) {
            if (array.type() == NpyType.FLOAT32) {
                data.putFloat((float) array.value(i));
            } else {
                data.putDouble(array.value(i));
            }
        }
        return data.array();
    }
}
