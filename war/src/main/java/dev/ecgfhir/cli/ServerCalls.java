package dev.ecgfhir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ecgfhir.config.ConfigurationException;
import dev.ecgfhir.web.CommandEndpoint;
import dev.ecgfhir.web.RunningFile;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Talks to the server that runs over a data directory. */
final class ServerCalls {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofMinutes(5);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final ObjectMapper mapper = new ObjectMapper();
    private final RunningFile.Running running;

    private ServerCalls(RunningFile.Running running) {
        this.running = running;
    }

    /** Finds the server; empty if none has left its address, or the one that did does not listen any more. */
    static Optional<ServerCalls> find(Path dataDirectory) throws IOException, InterruptedException {
        Optional<ServerCalls> calls = RunningFile.read(dataDirectory).map(ServerCalls::new);
        if (calls.isPresent()) {
            try {
                calls.get()
                        .send(calls.get().request("/actuator/health/liveness").GET());
            } catch (ConnectException | HttpConnectTimeoutException e) {
                return Optional.empty(); // it died without tidying up
            }
        }
        return calls;
    }

    String url() {
        return running.url();
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return answer(send(request(path).GET()));
    }

    JsonNode post(String path, Object body) throws IOException, InterruptedException {
        return answer(send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(mapper.writeValueAsString(body)))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(running.url() + path))
                .timeout(ANSWER)
                .header(CommandEndpoint.TOKEN, running.token());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode answer(HttpResponse<String> response) throws IOException {
        if (response.statusCode() >= 400
                && response.statusCode() < 500
                && response.body().startsWith("{\"error\"")) {
            throw new ConfigurationException(
                    List.of(mapper.readTree(response.body()).get("error").asText()));
        }
        if (response.statusCode() != 200) {
            throw new IOException("the server at " + running.url() + " answers HTTP status " + response.statusCode());
        }
        try {
            return mapper.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IOException("the server at " + running.url() + " answers no JSON", e);
        }
    }
}
