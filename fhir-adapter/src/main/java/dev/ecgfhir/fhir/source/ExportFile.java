package dev.ecgfhir.fhir.source;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * An NDJSON file that is being read from a server, line by line, in the memory of its longest line. Not safe to share between threads.
 */
public final class ExportFile implements Closeable {
    /** Bytes that a line may have: a day of twelve leads at 500 Hz does not fit into one Observation anyway. */
    static final int LONGEST_LINE = 64 << 20;

    private final Closeable connection;
    private final InputStream content;
    private final boolean endIsKnown;
    private final long length;
    private final int longest;
    private long offset;

    /**
     * Reads on from an offset.
     *
     * @param connection closed with this
     * @param content at that offset
     * @param offset bytes before it
     * @param length bytes of the whole file; negative if it is not known
     * @param endIsKnown true if a file that was cut off shows as an exception
     * @param longest bytes that a line may have
     */
    ExportFile(Closeable connection, InputStream content, long offset, long length, boolean endIsKnown, int longest) {
        this.connection = connection;
        this.content = new BufferedInputStream(content, 1 << 16);
        this.offset = offset;
        this.length = length;
        this.endIsKnown = endIsKnown;
        this.longest = longest;
    }

    /** Returns the offset of the next line. */
    public long offset() {
        return offset;
    }

    /** Returns the bytes of the whole file; negative if the server does not tell. */
    public long length() {
        return length;
    }

    /**
     * Reads the next line as what it holds.
     *
     * @param choice which Observations are ECGs
     * @return empty at the end
     * @throws SourceException if the connection ends before the file does
     */
    public Optional<Exported> next(CodeChoice choice) {
        try {
            Optional<Line> line = line();
            return line.isEmpty() ? Optional.empty() : Optional.of(Exported.of(line.get(), choice));
        } catch (IOException e) {
            throw BulkExport.noAnswer("reading a file of an export", e);
        }
    }

    private Optional<Line> line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 12);
        long read = 0;
        boolean blank = true;
        for (int b = content.read(); b >= 0; b = content.read()) {
            read++;
            if (b == '\n') {
                return Optional.of(taken(bytes, read, blank));
            }
            blank = blank && b <= ' ';
            if (read <= longest) {
                bytes.write(b);
            }
        }
        if (!endIsKnown && !blank) {
            // the last line may lack its break; whether it is whole only its content tells
            Line last = new Line(bytes.toByteArray(), false);
            if (read > longest || Exported.isDamaged(last)) {
                throw new IOException("the connection ended within a line");
            }
        }
        return read == 0 ? Optional.empty() : Optional.of(taken(bytes, read, blank));
    }

    private Line taken(ByteArrayOutputStream bytes, long read, boolean blank) {
        offset += read;
        boolean fits = read <= longest + 1L;
        return new Line(fits && !blank ? bytes.toByteArray() : new byte[0], blank);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw new IllegalStateException("a connection that is given up cannot fail any more", e);
        }
    }

    /** A line. */
    static final class Line {
        private final byte[] bytes;
        private final boolean blank;

        /**
         * Makes it.
         *
         * @param bytes without its line break, not copied; empty if it is longer than any may be
         * @param blank true if nothing stands in it
         */
        Line(byte[] bytes, boolean blank) {
            this.bytes = bytes;
            this.blank = blank;
        }

        /** Returns its bytes themselves. */
        byte[] bytes() {
            return bytes;
        }

        boolean blank() {
            return blank;
        }

        boolean tooLong() {
            return bytes.length == 0 && !blank;
        }
    }
}
