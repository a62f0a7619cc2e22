package dev.ecgfhir.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A stock Tomcat as a process of its own, with a base directory of its own; it is killed when the test closes it. */
final class Tomcat implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Path base;
    private final int port;
    private final Process process;

    private Tomcat(Path base, int port, Process process) {
        this.base = base;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts it without any application.
     *
     * @param base an empty directory
     * @param sharedJars jars that go into Tomcat's shared class loader
     * @param options options of its JVM, settings of the application among them; {@code PORT} stands for the port
     */
    static Tomcat start(Path base, List<Path> sharedJars, List<String> options) throws IOException {
        Path home = Path.of(System.getProperty("tomcat.home"));
        int port = freePort();
        for (String folder : List.of("conf", "lib", "logs", "temp", "webapps", "work")) {
            Files.createDirectories(base.resolve(folder));
        }
        try (Stream<Path> stock = Files.list(home.resolve("conf"))) {
            for (Path file : stock.filter(Files::isRegularFile).toList()) {
                Files.copy(file, base.resolve("conf").resolve(file.getFileName()));
            }
        }
        Files.writeString(base.resolve("conf/server.xml"), serverXml(port));
        for (Path jar : sharedJars) {
            Files.copy(jar, base.resolve("lib").resolve(jar.getFileName()));
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dcatalina.home=" + home,
                "-Dcatalina.base=" + base,
                "-Djava.io.tmpdir=" + base.resolve("temp"),
                "-Xmx1500m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        options.forEach(option -> command.add(option.replace("PORT", String.valueOf(port))));
        command.addAll(List.of(
                "-cp",
                home.resolve("bin/bootstrap.jar") + java.io.File.pathSeparator + home.resolve("bin/tomcat-juli.jar"),
                "org.apache.catalina.startup.Bootstrap",
                "start"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(base.resolve("logs/console.log").toFile())
                .start();
        return new Tomcat(base, port, process);
    }

    /** Puts an application in place in one step, so that Tomcat never sees half a file. */
    void deploy(Path war) throws IOException {
        Path beside = base.resolve("ecgfhir.war.part");
        Files.copy(war, beside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, base.resolve("webapps/ecgfhir.war"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes the application away and waits until it is gone. */
    void undeploy() throws IOException {
        Files.delete(base.resolve("webapps/ecgfhir.war"));
        await("the application to be undeployed", () -> !Files.exists(base.resolve("webapps/ecgfhir")));
    }

    /** Waits until a path of the application answers with a status. */
    void awaitStatus(String path, int status) {
        await(path + " to answer " + status, () -> {
            try {
                return get(path).statusCode() == status;
            } catch (UncheckedIOException notYet) {
                return false;
            }
        });
    }

    /** Gets a path below the application, which must begin with a slash. */
    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Accept", "application/json, application/fhir+json;q=0.9")
                .GET());
    }

    /** Gets a path as a proxy would for somebody on another host. */
    HttpResponse<String> getForwarded(String path) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("X-Forwarded-For", "192.0.2.7")
                .GET());
    }

    /** Posts FHIR JSON to a path below the application. */
    HttpResponse<String> post(String path, String json) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + "/ecgfhir" + path);
    }

    private void await(String what, Supplier<Boolean> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.get()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what + "; Tomcat "
                        + (process.isAlive() ? "runs" : "has ended") + ":\n" + log());
            }
            try {
                process.waitFor(200, TimeUnit.MILLISECONDS); // wakes up early if Tomcat ends
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** Returns the end of what Tomcat and the application printed. */
    String log() {
        try {
            String text = Files.readString(base.resolve("logs/console.log"));
            return text.substring(Math.max(0, text.length() - 6000));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The stock server.xml reduced to what is needed; looks for changed applications every second instead of every ten. */
    private static String serverXml(int port) {
        return """
                <Server port="-1">
                  <Service name="Catalina">
                    <Connector port="%d" address="127.0.0.1" relaxedQueryChars="|"/>
                    <Engine name="Catalina" defaultHost="localhost" backgroundProcessorDelay="1">
                      <Host name="localhost" appBase="webapps" unpackWARs="true" autoDeploy="true"/>
                    </Engine>
                  </Service>
                </Server>
                """.formatted(port);
    }
}
