package dev.ecgfhir.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The real server, started once for all tests of this module: H2 in a temporary directory, a free port,
 * demonstration weights, its own repository as the source. */
public final class TestServer {
    /** A small network with random weights, which reads only what asks for it. */
    static final Path SPARE = variant("micro-1-lead.pth");

    /** What it is called. */
    static final String NODE = "test-node";

    /** Where pages come from that may call the CDS Hooks service. */
    static final String HOOK_ORIGIN = "https://ehr.example";

    /** Leads of the server's own ECGs where nothing names them. */
    private static final String LEAD_ORDER = "I,II,III,aVR,aVL,aVF,V1,V2,V3,V4,V5,V6";

    private static final RunningServer SERVER = start();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private TestServer() {}

    /** Returns a small checkpoint by its name. */
    static Path variant(String name) {
        return Path.of("..", "inference", "src", "test", "resources", "fixtures", "model", "variants", name)
                .toAbsolutePath()
                .normalize();
    }

    private static RunningServer start() {
        // The Host header is one that HttpClient sets itself unless told that a test may.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        try {
            Path data = Files.createTempDirectory("ecgfhir-server-test");
            Map<String, String> settings = new HashMap<>(Map.of(
                    "server.port", "0",
                    "ecgfhir.node.name", NODE,
                    "ecgfhir.data-directory", data.toString(),
                    "ecgfhir.model.demonstration", "true",
                    "ecgfhir.cds-hooks.enabled", "true",
                    "ecgfhir.models.spare.file", SPARE.toString(),
                    "ecgfhir.sources.own.url", "self",
                    "ecgfhir.sources.own.poll-interval", "500ms"));
            settings.put("ecgfhir.sources.own.lead-order", LEAD_ORDER);
            settings.put("ecgfhir.cds-hooks.origins", HOOK_ORIGIN);
            RunningServer server = Server.start(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(data)));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        SERVER.stop();
        try (var files = Files.walk(directory)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static RunningServer server() {
        return SERVER;
    }

    public static HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    /** The same of another server. */
    static HttpResponse<String> get(RunningServer server, String path) {
        return send(HttpRequest.newBuilder(URI.create(server.baseUrl() + path)).GET());
    }

    /** The same of another server. */
    static HttpResponse<String> post(RunningServer server, String path, String body) {
        return post(server, path, "en", body);
    }

    /** The same, by a caller who reads a language. */
    static HttpResponse<String> post(RunningServer server, String path, String language, String body) {
        return send(HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
                .header("Accept-Language", language)
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public static HttpResponse<String> post(String path, String body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Posts plain JSON, as the actuator takes it. */
    static HttpResponse<String> postJson(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public static HttpResponse<String> put(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/fhir+json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Plain JSON, not FHIR. */
    static HttpResponse<String> json(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** A form, as for a search by POST. */
    static HttpResponse<String> form(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Any other method. */
    static HttpResponse<String> send(String method, String path, String body, String... headers) {
        return send(request(path, headers)
                .header(
                        "Content-Type",
                        method.equals("PATCH") ? "application/json-patch+json" : "application/fhir+json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Exactly these headers. */
    static HttpResponse<String> request(String method, String path, String body, String... headers) {
        return send(request(path, headers).method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(SERVER.baseUrl() + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
