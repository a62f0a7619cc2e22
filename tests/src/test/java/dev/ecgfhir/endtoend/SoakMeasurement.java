package dev.ecgfhir.endtoend;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Has one {@code serve} process read ECGs for a long time and prints what it holds: heap after a collection, memory, threads, open files,
 * size of its data. Two of three ECGs or so are asked for by {@code $interpret}, one after the other without a pause; the others are stored
 * in its repository as fast as it reads them, found there by its feed, and their reports delivered there. The command stands in CONTRIBUTING.md; no test: its name is
 * none that is run by itself.
 *
 * <p>{@code -Dsoak.minutes=30} says how long, {@code -Dsoak.every=60} how many seconds are between two lines, {@code -Dsoak.data=DIRECTORY}
 * where its data stays. With {@code JAVA_TOOL_OPTIONS=-XX:NativeMemoryTracking=summary} it also tells of what the memory consists. In the end it fails if the process holds more
 * at the least in the last fifth than in the first one: heap by a quarter and 20 MiB, threads or open files by 20.
 */
class SoakMeasurement {
    private static final int MINUTES = Integer.getInteger("soak.minutes", 30);
    private static final int EVERY_SECONDS = Integer.getInteger("soak.every", 60);
    private static final int WARM_ECGS = 50;
    private static final long PATIENCE_SECONDS = 600;

    @TempDir
    private Path folder;

    @Test
    void holds_no_more_after_many_ecgs_than_after_few() throws Exception {
        Path data =
                Path.of(System.getProperty("soak.data", folder.resolve("data").toString()));
        Path log = folder.resolve("server.log");
        Process process = War.process(
                        folder,
                        "serve",
                        "--port",
                        "0",
                        "--ecgfhir.model.demonstration=true",
                        "--ecgfhir.data-directory=" + data,
                        "--ecgfhir.sources.own.url=self",
                        "--ecgfhir.sources.own.poll-interval=500ms")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        ExecutorService threads = Executors.newCachedThreadPool();
        try (SoakLoad load = SoakLoad.on(process, log, PATIENCE_SECONDS)) {
            threads.execute(load::feed);
            threads.execute(load::ask);
            load.await(WARM_ECGS, PATIENCE_SECONDS);
            ProcessHandle server = process.descendants().findFirst().orElse(process.toHandle());
            List<Footprint> seen = new ArrayList<>();
            System.out.println(Footprint.memory(server));
            System.out.println(Footprint.HEAD);
            long begun = System.nanoTime();
            long end = begun + TimeUnit.MINUTES.toNanos(MINUTES);
            for (long next = begun; next <= end; next += TimeUnit.SECONDS.toNanos(EVERY_SECONDS)) {
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime()); // the measurement's own rhythm
                Footprint now = Footprint.of(server, data, load.interpreted(), load.delivered());
                seen.add(now);
                System.out.println(now.line((System.nanoTime() - begun) / 1e9));
            }
            load.stop();
            System.out.println("in the end: " + load.settled(PATIENCE_SECONDS));
            System.out.println(Footprint.memory(server));
            judge(seen);
        } finally {
            threads.shutdownNow();
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.waitFor();
            Files.copy(log, Path.of("target", "soak-server.log"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Compares the least of each number, since what is in work at a moment comes and goes. */
    private static void judge(List<Footprint> seen) {
        int fifth = Math.max(1, seen.size() / 5);
        Footprint first = Footprint.least(seen.subList(0, fifth));
        Footprint last = Footprint.least(seen.subList(seen.size() - fifth, seen.size()));
        System.out.println("least in the first fifth: " + first.line(0));
        System.out.println("least in the last fifth:  " + last.line(0));
        if (last.heap() > first.heap() * 5 / 4 + (20L << 20)
                || last.threads() > first.threads() + 20
                || last.openFiles() > first.openFiles() + 20) {
            throw new AssertionError("it holds more and more: see the lines above");
        }
    }
}
