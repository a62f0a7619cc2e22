package dev.ecgfhir.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code serve} in a process of its own, without the repository, that reads the hospital's ECGs: the WAR as its users run it. */
final class ServeProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready at (http://\\S+),");
    private static final long PATIENCE_SECONDS = 240;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path log;

    private ServeProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param folder takes its log
     * @param before a command that runs it, such as one that sets limits; may be empty
     * @param settings {@code --KEY=VALUE}
     */
    static ServeProcess start(Path folder, Hospital hospital, List<String> before, String... settings)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "serve",
                "--port",
                "0",
                "--ecgfhir.model.demonstration=true",
                "--ecgfhir.repository.enabled=false",
                "--ecgfhir.sources.hospital.url=" + hospital.fhirUrl(),
                "--ecgfhir.sources.hospital.poll-interval=200ms",
                "--ecgfhir.work.lease=10s",
                "--ecgfhir.retry.first=100ms",
                "--ecgfhir.retry.longest=1s"));
        arguments.addAll(List.of(settings));
        Path log = Files.createTempFile(folder, "serve", ".log");
        ProcessBuilder builder = War.quickServer(folder, arguments.toArray(String[]::new))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.command().addAll(0, before);
        return new ServeProcess(builder.start(), log);
    }

    /** Waits until it is ready. */
    ServeProcess ready() throws InterruptedException {
        if (!until(() -> !process.isAlive() || !address().isEmpty())
                || address().isEmpty()) {
            throw new AssertionError("the server did not start:\n" + log());
        }
        return this;
    }

    /** Waits for its end and returns its exit code. */
    int end() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the server is still there:\n" + log());
        }
        return process.exitValue();
    }

    boolean lives() {
        return process.isAlive();
    }

    /** Returns the JVM that does the work. */
    ProcessHandle server() {
        return process.children().findFirst().orElse(process.toHandle());
    }

    /** Returns what it has printed so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String address() {
        Matcher ready = READY.matcher(log());
        return ready.find() ? ready.group(1) : "";
    }

    /** Asks one of its own pages; empty while it does not answer. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(address() + path))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** A condition that may ask the server. */
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /** Waits for a condition. */
    static boolean until(Condition condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            try {
                if (condition.holds()) {
                    return true;
                }
            } catch (IOException e) {
                // it does not answer now; asked again
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return false;
    }

    /** Stops it in good order, if it still runs. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }
}
