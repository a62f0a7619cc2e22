package dev.ecgfhir.inference.download;

import dev.ecgfhir.inference.download.DownloadException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived of a file, in {@code NAME.part}, and in {@code NAME.part.origin} from which address and in which version (HTTP
 * validator), so that a later call can go on. Locked against other processes. Not safe for concurrent use.
 */
final class PartFile implements Closeable {
    private final Path part;
    private final Path origin;
    private final FileChannel channel;

    private PartFile(Path part, FileChannel channel) {
        this.part = part;
        this.origin = part.resolveSibling(part.getFileName() + ".origin");
        this.channel = channel;
    }

    /**
     * Opens and locks the part of a file.
     *
     * @throws DownloadException if another process is at it
     */
    static PartFile open(Path file) throws IOException, DownloadException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (!lock(channel)) {
                throw new DownloadException(
                        Reason.IN_PROGRESS, part + ": another process is fetching this file; wait until it is done");
            }
            return new PartFile(part, channel);
        } catch (IOException | DownloadException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock(); // freed when the channel is closed
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // this process itself
        }
    }

    Path path() {
        return part;
    }

    long length() throws IOException {
        return channel.size();
    }

    /** Returns the validator of what is there, if it came from this address and the server had given one. */
    Optional<String> validator(URI address) throws IOException {
        if (length() == 0 || !Files.exists(origin)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(origin);
        return lines.size() == 2 && lines.get(0).equals(address.toString())
                ? Optional.of(lines.get(1))
                : Optional.empty();
    }

    /** Begins anew. */
    void restart(URI address, Optional<String> validator) throws IOException {
        channel.truncate(0);
        Files.deleteIfExists(origin);
        if (validator.isPresent()) {
            Files.writeString(origin, address + "\n" + validator.get() + "\n");
        }
    }

    void append(byte[] bytes, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
        channel.position(channel.size());
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Moves what has arrived to its place. */
    void moveTo(Path file) throws IOException {
        channel.force(true);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(origin);
    }

    /** Forgets what has arrived. */
    void discard() throws IOException {
        Files.deleteIfExists(origin);
        Files.deleteIfExists(part);
    }

    /** Unlocks it; an empty one leaves nothing behind. */
    @Override
    public void close() throws IOException {
        try (channel) {
            if (length() == 0) {
                discard();
            }
        }
    }
}
