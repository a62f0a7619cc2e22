package dev.ecgfhir.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A user's directory of unpacked WARs, one directory for each content, named by its key.
 *
 * <p>Whoever uses one holds a shared lock on {@code KEY.lock} until this is closed; who unpacks or deletes one holds it alone. So several
 * starts at once, killed ones, and an upgrade beside a running server do no harm. Not safe for concurrent threads of one JVM.
 */
final class Cache implements AutoCloseable {
    private static final String LOCK = ".lock";
    private static final String UNPACKING = ".unpacking";
    private static final String DAMAGED = ".damaged";

    /** Versions that are kept beside the one in use: the one before, for the way back from an upgrade. */
    private static final int KEPT = 1;

    private static final int ATTEMPTS = 5;

    private final Path root;
    private final Consumer<String> messages;
    private final List<FileChannel> inUse = new ArrayList<>();

    /**
     * Makes a cache.
     *
     * @param root its directory; made when needed
     * @param messages gets a line when something takes time
     */
    Cache(Path root, Consumer<String> messages) {
        this.root = root;
        this.messages = messages;
    }

    /**
     * Finds the directory: system property {@code ecgfhir.cache}, variable {@code ECGFHIR_CACHE}, else the platform's place for caches.
     *
     * @param properties system properties
     * @param environment environment variables
     */
    static Path directory(Properties properties, Map<String, String> environment) {
        String given = properties.getProperty("ecgfhir.cache", environment.getOrDefault("ECGFHIR_CACHE", ""));
        if (!given.isBlank()) {
            return Path.of(given).toAbsolutePath();
        }
        String home = properties.getProperty("user.home");
        String system = properties.getProperty("os.name", "");
        if (system.startsWith("Windows")) {
            return Path.of(environment.getOrDefault("LOCALAPPDATA", home), "ecgfhir", "cache");
        }
        if (system.startsWith("Mac")) {
            return Path.of(home, "Library", "Caches", "ecgfhir");
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        // The XDG specification has relative paths ignored.
        return xdg.startsWith("/") ? Path.of(xdg, "ecgfhir") : Path.of(home, ".cache", "ecgfhir");
    }

    /**
     * Returns the unpacked form of a WAR, unpacking it if needed. It stays locked against deletion until this is closed.
     *
     * @param war the WAR
     * @throws IOException if the cache cannot be written; the message says what to do
     */
    UnpackedWar unpacked(WarContents war) throws IOException {
        try {
            PrivateDirectory.make(root);
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                FileChannel channel = lockFile(war.key());
                channel.lock(0, Long.MAX_VALUE, true);
                UnpackedWar unpacked = new UnpackedWar(root.resolve(war.key()));
                if (unpacked.isComplete()) {
                    PrivateDirectory.require(unpacked.directory(), root);
                    unpacked.touch();
                    inUse.add(channel); // an open channel that nothing refers to would be closed by the collector
                    return unpacked;
                }
                channel.close();
                unpack(war);
                prune(war.key());
            }
            throw new IOException("another process keeps deleting what was unpacked");
        } catch (IOException e) {
            throw new IOException(
                    "cannot unpack " + war.war() + " into " + root + " (" + reason(e)
                            + "); another directory can be given by ECGFHIR_CACHE",
                    e);
        }
    }

    /** Gives up the locks: what was unpacked may be deleted by other processes from now on. */
    @Override
    public void close() throws IOException {
        for (FileChannel channel : inUse) {
            channel.close();
        }
    }

    private void unpack(WarContents war) throws IOException {
        try (FileChannel channel = lockFile(war.key());
                FileLock alone = channel.lock()) {
            Path target = root.resolve(war.key());
            if (!alone.isValid() || new UnpackedWar(target).isComplete()) {
                return; // somebody else was faster
            }
            messages.accept("ecgfhir: unpacking into " + target + " (once for each version)");
            Path temporary = root.resolve(war.key() + UNPACKING);
            delete(temporary); // left by a start that was killed
            PrivateDirectory.make(temporary);
            UnpackedWar.unpack(war, temporary);
            if (Files.exists(target)) {
                delete(root.resolve(war.key() + DAMAGED));
                Files.move(target, root.resolve(war.key() + DAMAGED), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            delete(root.resolve(war.key() + DAMAGED));
        }
    }

    /** Deletes all versions that nobody uses but the most recently used of them. */
    private void prune(String current) throws IOException {
        List<Path> locks;
        try (Stream<Path> files = Files.list(root)) {
            locks = files.filter(file -> file.toString().endsWith(LOCK))
                    .filter(file -> !key(file).equals(current))
                    .sorted(Comparator.comparingLong((Path file) -> new UnpackedWar(root.resolve(key(file))).lastUsed())
                            .reversed())
                    .toList();
        }
        for (Path lock : locks.subList(Math.min(KEPT, locks.size()), locks.size())) {
            try (FileChannel channel = lockFile(key(lock));
                    FileLock alone = channel.tryLock()) {
                if (alone != null) {
                    for (String suffix : List.of("", UNPACKING, DAMAGED)) {
                        delete(root.resolve(key(lock) + suffix));
                    }
                    Files.deleteIfExists(lock);
                }
            }
        }
    }

    private FileChannel lockFile(String key) throws IOException {
        return FileChannel.open(
                root.resolve(key + LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static String key(Path lock) {
        String name = String.valueOf(lock.getFileName());
        return name.substring(0, name.length() - LOCK.length());
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException
                ? e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage()
                : String.valueOf(e.getMessage());
    }
}
