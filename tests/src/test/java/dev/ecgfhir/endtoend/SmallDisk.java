package dev.ecgfhir.endtoend;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A disk that gets full and has room again, by the kernel's own means: a small file system where this user may mount one (root), else a limit on
 * the size of a process's files. Linux alone.
 */
final class SmallDisk implements AutoCloseable {
    private final Path directory;
    private final boolean mounted;
    private long limit;

    private SmallDisk(Path directory, boolean mounted) {
        this.directory = directory;
        this.mounted = mounted;
    }

    /** Makes one at a directory that is there and empty. */
    static SmallDisk at(Path directory) throws IOException, InterruptedException {
        return new SmallDisk(
                directory, run("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", directory.toString()) == 0);
    }

    /**
     * Leaves no room.
     *
     * @param server writes to it
     * @param file the file that is to grow no more
     */
    void fill(ProcessHandle server, Path file) throws IOException, InterruptedException {
        if (mounted) {
            byte[] bytes = new byte[4096];
            try (OutputStream filler = Files.newOutputStream(filler())) {
                while (true) {
                    filler.write(bytes);
                }
            } catch (IOException e) {
                return; // full
            }
        }
        limit = Files.size(file);
        String pid = String.valueOf(server.pid());
        if (run("prlimit", "--pid", pid, "--fsize=" + limit + ":unlimited") != 0) {
            throw new IOException("neither a file system can be mounted nor a limit be set (mount, prlimit)");
        }
    }

    /** Returns what a command must begin with to meet the same limit. */
    List<String> command() {
        return limit == 0 ? List.of() : List.of("prlimit", "--fsize=" + limit + ":unlimited");
    }

    /** Makes room. */
    void makeRoom() throws IOException {
        limit = 0;
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return directory.resolve("filler");
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (mounted) {
            run("umount", directory.toString());
        }
    }
}
