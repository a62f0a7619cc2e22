package dev.ecgfhir.wiring;

import dev.ecgfhir.config.DatabaseException;
import dev.ecgfhir.config.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether there is room to begin beside an H2 file: a server that can write nothing would fail with its first ECG. */
final class Room {
    /** So much is written and deleted again, bytes: what some hundred ECGs need in a ledger. */
    static final int LEAST = 8 << 20;

    private Room() {}

    /**
     * Tries it out. Does nothing for a database that is no file.
     *
     * @param part whose database it is
     * @throws DatabaseException if so much cannot be written
     */
    static void check(String part, DatabaseSettings database) {
        Optional<Path> directory =
                database.file().map(file -> file.toAbsolutePath().getParent());
        if (directory.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(directory.get());
            Path file = Files.createTempFile(directory.get(), "room", ".tmp");
            try {
                Files.write(file, new byte[LEAST]);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw DatabaseException.of(part, database, e);
        }
    }
}
