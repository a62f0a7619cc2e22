package dev.ecgfhir.inference.npy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a float32 array [rows][columns] row by row, for more rows than fit in memory.
 *
 * <p>Rows go to {@code NAME.part}; {@link #finish} puts their number into the header and moves the file into place, so a file of that
 * name is always whole. Closing without finishing removes what was written. Not safe for concurrent use.
 */
public final class NpyRowWriter implements Closeable {
    private final Path file;
    private final Path part;
    private final int columns;
    private final ByteBuffer row;
    private final FileChannel channel;
    private long rows;

    private NpyRowWriter(Path file, Path part, int columns, FileChannel channel) {
        this.file = file;
        this.part = part;
        this.columns = columns;
        this.channel = channel;
        this.row = ByteBuffer.allocate(Math.multiplyExact(columns, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Begins a file.
     *
     * @param file where the finished file is to be; an existing one is replaced then
     * @param columns values in a row, 1 or more
     * @return the writer
     * @throws IOException if the file cannot be written
     */
    public static NpyRowWriter open(Path file, int columns) throws IOException {
        if (columns < 1) {
            throw new IllegalArgumentException("columns must be 1 or more, was " + columns);
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        NpyRowWriter writer = new NpyRowWriter(file, part, columns, channel);
        writer.putHeader(); // of the same length whatever the number of rows: numbers of 19 digits fit in its padding
        return writer;
    }

    /**
     * Appends a row.
     *
     * @param values [columns]
     * @return its index, from 0
     * @throws IOException if it cannot be written
     */
    public long append(float[] values) throws IOException {
        if (values.length != columns) {
            throw new IllegalArgumentException("a row has " + columns + " values, got " + values.length);
        }
        row.clear();
        row.asFloatBuffer().put(values);
        put(row);
        return rows++;
    }

    /**
     * Completes the file and moves it into place.
     *
     * @throws IOException if that fails; then there is no file, or the earlier one
     */
    public void finish() throws IOException {
        channel.position(0);
        putHeader();
        channel.force(true);
        channel.close();
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(part);
    }

    private void putHeader() throws IOException {
        put(ByteBuffer.wrap(NpyFile.header(NpyType.FLOAT32, rows, columns)));
    }

    private void put(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
