package dev.ecgfhir.inference.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

    /** Computes the SHA-256 of a file, lower-case hexadecimal. */
    static String of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
