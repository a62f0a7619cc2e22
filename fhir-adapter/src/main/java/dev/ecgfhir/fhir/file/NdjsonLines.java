package dev.ecgfhir.fhir.file;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Hands out the lines of an NDJSON file one at a time, so that a file of any size needs the memory of its longest line.
 *
 * <p>A line that is longer than the limit, or no UTF-8, is handed out as damaged and the next line follows. Not thread-safe.
 */
final class NdjsonLines implements AutoCloseable {
    private final InputStream input;
    private final int longest;
    private long number;

    /**
     * Opens the lines.
     *
     * @param input closed with this
     * @param longest bytes that a line may have
     */
    NdjsonLines(InputStream input, int longest) {
        this.input = new BufferedInputStream(input, 1 << 16);
        this.longest = longest;
    }

    /**
     * A line.
     *
     * @param number the first is 1
     * @param text without the line break; empty if damaged
     * @param damage what is wrong with it
     */
    record Line(long number, String text, Optional<String> damage) {}

    /** Returns the next line that is not blank, empty at the end. */
    Optional<Line> next() throws IOException {
        while (true) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 12);
            long length = fill(bytes);
            if (length < 0) {
                return Optional.empty();
            }
            number++;
            if (length > longest) {
                return Optional.of(damaged("the line has " + length + " bytes; expected at most " + longest));
            }
            Line line = decode(bytes.toByteArray());
            if (line.damage().isPresent() || !line.text().isBlank()) {
                return Optional.of(line);
            }
        }
    }

    /** Reads up to the line break or the end; keeps no more than the limit. Returns the line's length, -1 if there is none. */
    private long fill(ByteArrayOutputStream bytes) throws IOException {
        long length = 0;
        for (int b = input.read(); b >= 0; b = input.read()) {
            if (b == '\n') {
                return length;
            }
            length++;
            if (length <= longest) {
                bytes.write(b);
            }
        }
        return length == 0 ? -1 : length;
    }

    private Line decode(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Line(number, text, Optional.empty());
        } catch (CharacterCodingException e) {
            return damaged("the line is not UTF-8; expected a FHIR resource");
        }
    }

    private Line damaged(String damage) {
        return new Line(number, "", Optional.of(damage));
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
