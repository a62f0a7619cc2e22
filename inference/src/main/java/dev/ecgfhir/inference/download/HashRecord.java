package dev.ecgfhir.inference.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SHA-256 of a file as it was fetched for the first time, in {@code NAME.sha256} beside it, in the form that {@code sha256sum -c}
 * reads.
 */
final class HashRecord {
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *].+\\R?");

    private final Path file;
    private final Path record;

    HashRecord(Path file) {
        this.file = file;
        this.record = file.resolveSibling(file.getFileName() + ".sha256");
    }

    /** Returns the file of the record. */
    Path path() {
        return record;
    }

    /**
     * Returns the recorded hash, if there is one.
     *
     * @throws IOException if the record cannot be read; it is never taken for absent then
     */
    Optional<String> read() throws IOException {
        if (!Files.exists(record)) {
            return Optional.empty();
        }
        Matcher line = LINE.matcher(Files.readString(record));
        if (!line.matches()) {
            throw new IOException(record + ": is no line of a SHA-256 and a file name; correct or delete it");
        }
        return Optional.of(line.group(1));
    }

    /** Records a hash; an earlier one is replaced. */
    void write(String sha256) throws IOException {
        Path part = record.resolveSibling(record.getFileName() + ".part");
        Files.writeString(part, sha256 + "  " + file.getFileName() + "\n");
        Files.move(part, record, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
