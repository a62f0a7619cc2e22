package dev.ecgfhir.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * This process among those that share the ledger.
 *
 * @param name for people: letters, digits, dash, dot and underscore
 * @param renewal how often it renews the duty to poll a source, 10 ms..10 min. Another node takes over when it was not renewed for three
 *     times as long
 */
public record NodeConfig(String name, Duration renewal) {
    private static final int MISSED = 3;

    /** Checks the form. */
    public NodeConfig {
        Names.check("node", name);
        if (renewal.toMillis() < 10 || renewal.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("renewal must be 10 ms..10 min, was " + renewal);
        }
    }

    /** Returns a node that is named after its machine and renews every 2 s. */
    public static NodeConfig defaults() {
        return new NodeConfig(machine(), Duration.ofSeconds(2));
    }

    Duration lease() {
        return renewal.multipliedBy(MISSED);
    }

    /** The machine's name as it has it itself; a look-up by address could take seconds. */
    private static String machine() {
        return Optional.ofNullable(System.getenv("HOSTNAME"))
                .or(() -> Optional.ofNullable(System.getenv("COMPUTERNAME")))
                .or(() -> firstLine(Path.of("/proc/sys/kernel/hostname")))
                .map(name -> name.strip().replaceAll("[^A-Za-z0-9._-]", "-"))
                .filter(name -> !name.isEmpty() && name.length() <= 100)
                .orElse("node");
    }

    private static Optional<String> firstLine(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty(); // no such file on this system
        }
    }
}
