package dev.ecgfhir.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The executable WAR, run as its users run it: {@code java -jar ecgfhir.war COMMAND}. */
final class War {
    private static final long PATIENCE_SECONDS = 240;

    private War() {}

    /**
     * What a command left behind.
     *
     * @param exitCode its exit code
     * @param out what it printed on standard output
     * @param err what it printed on standard error
     */
    record Result(int exitCode, String out, String err) {
        /** Returns the lines of standard output. */
        List<String> lines() {
            return out.lines().toList();
        }
    }

    /** Returns the WAR's path. */
    static Path path() {
        return Path.of(System.getProperty("ecgfhir.war")).toAbsolutePath().normalize();
    }

    /** Runs a command to its end. */
    static Result run(Path folder, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = process(folder, arguments)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running after " + PATIENCE_SECONDS + " s: " + List.of(arguments) + "\n"
                        + Files.readString(err));
            }
            return new Result(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Prepares a command; its working directory is {@code folder}, its cache the build's own. */
    static ProcessBuilder process(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", path().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment()
                .put(
                        "ECGFHIR_CACHE",
                        Path.of("target", "ecgfhir-cache").toAbsolutePath().toString());
        return builder;
    }

    /**
     * Prepares a command that starts a server for what is not about its speed: the first compiler starts it with half the work, and PyTorch
     * needs no other one.
     */
    static ProcessBuilder quickServer(Path folder, String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--ecgfhir.inference.engine=pytorch";
        ProcessBuilder builder = process(folder, all);
        builder.environment().put("ECGFHIR_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        return builder;
    }
}
