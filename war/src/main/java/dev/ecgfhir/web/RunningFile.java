package dev.ecgfhir.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Tells the commands on this machine where the server is and proves that they may talk to it: a file in the data directory that only its
 * owner can read.
 */
public final class RunningFile {
    private static final String NAME = "running-server";

    private RunningFile() {}

    /**
     * A running server.
     *
     * @param url its address without trailing slash
     * @param token what a command shows to prove that it may read the data directory
     */
    public record Running(String url, String token) {
        /** Makes one with a token of its own. */
        public static Running at(String url) {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            return new Running(url, HexFormat.of().formatHex(random));
        }

        /** Tells whether a request shows this token; how long that takes says nothing about it. */
        boolean isShownBy(String shown) {
            return MessageDigest.isEqual(
                    shown.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "Running[url=" + url + ", token=[redacted]]";
        }
    }

    /**
     * Writes the file.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(Path dataDirectory, Running running) throws IOException {
        Path fresh =
                Files.createTempFile(dataDirectory, NAME, ".tmp"); // readable by its owner alone where the system can
        if (fresh.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        }
        Files.write(fresh, List.of(running.url(), running.token()), StandardCharsets.UTF_8);
        Files.move(
                fresh,
                dataDirectory.resolve(NAME),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Reads the file.
     *
     * @return the server that wrote it, which may have died since; empty if none did
     * @throws IOException if it is there and cannot be read
     */
    public static Optional<Running> read(Path dataDirectory) throws IOException {
        try {
            List<String> lines = Files.readAllLines(dataDirectory.resolve(NAME), StandardCharsets.UTF_8);
            return lines.size() == 2 ? Optional.of(new Running(lines.get(0), lines.get(1))) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Removes the file, if it is still that of this server. */
    public static void remove(Path dataDirectory, Running running) throws IOException {
        if (read(dataDirectory).filter(running::equals).isPresent()) {
            Files.deleteIfExists(dataDirectory.resolve(NAME));
        }
    }
}
