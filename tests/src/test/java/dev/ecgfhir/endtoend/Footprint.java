package dev.ecgfhir.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a JVM on this machine holds at one moment. Linux alone: it reads {@code /proc}; the heap is told by {@code jcmd} of the JDK that runs this.
 *
 * @param interpreted ECGs that it has answered for by {@code $interpret}
 * @param delivered ECGs whose reports it has delivered
 * @param heap bytes in use right after a full collection
 * @param resident bytes of memory in use
 * @param threads threads
 * @param openFiles open file handles, sockets among them
 * @param data bytes of its files
 */
record Footprint(long interpreted, long delivered, long heap, long resident, long threads, long openFiles, long data) {
    static final String HEAD =
            "seconds; ECGs by $interpret; ECGs by the feed; heap after GC, MiB; resident, MiB; threads;"
                    + " open files; data, MiB";

    private static final Pattern USED = Pattern.compile("(\\d+)K, used (\\d+)K");
    private static final Pattern USED_G1 = Pattern.compile("garbage-first heap.*used (\\d+)K");

    /**
     * Takes it, after a full collection.
     *
     * @param server the JVM
     * @param data directory of its files
     */
    static Footprint of(ProcessHandle server, Path data, long interpreted, long delivered)
            throws IOException, InterruptedException {
        Path proc = Path.of("/proc", String.valueOf(server.pid()));
        jcmd(server, "GC.run");
        long heap = heap(jcmd(server, "GC.heap_info"));
        List<String> status = Files.readAllLines(proc.resolve("status"));
        try (Stream<Path> files = Files.list(proc.resolve("fd"));
                Stream<Path> stored = Files.walk(data)) {
            return new Footprint(
                    interpreted,
                    delivered,
                    heap,
                    number(status, "VmRSS:") << 10,
                    number(status, "Threads:"),
                    files.count(),
                    stored.filter(Files::isRegularFile)
                            .mapToLong(Footprint::size)
                            .sum());
        }
    }

    /** Returns of what its memory consists: memory of its own and pages of files, and what the JVM counts, if it counts. */
    static String memory(ProcessHandle server) throws IOException, InterruptedException {
        Stream<String> system = Files.readAllLines(Path.of("/proc", String.valueOf(server.pid()), "status")).stream()
                .filter(line -> line.startsWith("Rss"));
        Stream<String> own = jcmd(server, "VM.native_memory", "summary", "scale=MB")
                .lines()
                .filter(line -> line.startsWith("-") || line.startsWith("Total") || line.startsWith("Native"));
        return Stream.concat(system, own)
                .map(line -> line.strip().replaceAll("\\s+", " "))
                .collect(Collectors.joining("\n"));
    }

    /** Returns the smallest of each number, and the latest counts of ECGs. */
    static Footprint least(List<Footprint> seen) {
        ToLongFunction<ToLongFunction<Footprint>> least =
                one -> seen.stream().mapToLong(one).min().orElseThrow();
        Footprint latest = seen.get(seen.size() - 1);
        return new Footprint(
                latest.interpreted,
                latest.delivered,
                least.applyAsLong(Footprint::heap),
                least.applyAsLong(Footprint::resident),
                least.applyAsLong(Footprint::threads),
                least.applyAsLong(Footprint::openFiles),
                least.applyAsLong(Footprint::data));
    }

    /** Returns it as a line under {@link #HEAD}. */
    String line(double seconds) {
        return "%.0f; %d; %d; %.1f; %.0f; %d; %d; %.1f"
                .formatted(seconds, interpreted, delivered, mebi(heap), mebi(resident), threads, openFiles, mebi(data));
    }

    private static double mebi(long bytes) {
        return bytes / 1048576.0;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0; // it was there a moment ago
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    /** The serial collector tells its generations one by one, G1 the whole heap. */
    private static long heap(String info) {
        Matcher whole = USED_G1.matcher(info);
        if (whole.find()) {
            return Long.parseLong(whole.group(1)) << 10;
        }
        long used = 0;
        for (String line : info.lines().toList()) {
            Matcher generation = USED.matcher(line);
            if ((line.contains("new generation") || line.contains("tenured generation")) && generation.find()) {
                used += Long.parseLong(generation.group(2)) << 10;
            }
        }
        return used;
    }

    private static String jcmd(ProcessHandle server, String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String.valueOf(server.pid())));
        words.addAll(List.of(command));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(words + ": " + out);
        }
        return out;
    }
}
