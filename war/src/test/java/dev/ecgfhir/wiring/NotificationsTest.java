package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ecgfhir.ledger.SubscriptionState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Notifications over HTTP to a server whose source is another one with HAPI's JPA storage. That source refuses subscriptions, so what it
 * would tell is sent by the test.
 */
class NotificationsTest {
    private static final String PULSE = """
            {"resourceType":"Observation","status":"final","identifier":[{"system":"urn:notified","value":"1"}],
            "code":{"text":"pulse"},"valueString":"none"}""";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static RunningServer server;
    private static String source;

    @BeforeAll
    static void start(@TempDir Path data) {
        source = TestServer.server().fhirUrl();
        server = Server.start(Map.of(
                "server.port", "0",
                "ecgfhir.data-directory", data.toString(),
                "ecgfhir.model.demonstration", "true",
                "ecgfhir.repository.enabled", "false",
                "ecgfhir.public-url", "https://ecg.example",
                "ecgfhir.sources.ward.url", source,
                "ecgfhir.sources.ward.poll-interval", "24h",
                "ecgfhir.sources.ward.query", "identifier=urn:notified|1",
                "ecgfhir.sources.ward.subscription", "rest-hook"));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> state().filter(one -> one.standing() == SubscriptionState.Standing.REFUSED)
                        .isPresent());
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static Optional<SubscriptionState> state() {
        return server.ledger().subscriptions().find(source);
    }

    private static String secret() {
        return state().orElseThrow().secret();
    }

    private static int send(String method, String path, String secret, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
                .header("Authorization", "Bearer " + secret)
                .header("Host", "ecg.example") // as a source of another machine calls us
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void a_notified_observation_has_its_row_when_the_answer_comes() throws Exception {
        String id = TestServer.post("/fhir/Observation", PULSE)
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceAll(".*/Observation/|/_history.*", "");

        assertThat(send("PUT", "/notifications/ward/Observation/" + id, secret(), PULSE))
                .isEqualTo(200);
        assertThat(server.ledger().find(source, "Observation/" + id, "1")).isPresent();
    }

    @Test
    void an_empty_one_is_taken_and_wishes_a_search() throws Exception {
        long before = state().orElseThrow().wishes();

        assertThat(send("POST", "/notifications/ward", secret(), "")).isEqualTo(200);
        assertThat(state().orElseThrow().wishes()).isGreaterThan(before);
    }

    @Test
    void one_that_is_too_large_is_refused_as_such_and_wishes_a_search() throws Exception {
        long before = state().orElseThrow().wishes();
        String large = "{\"resourceType\":\"Bundle\",\"language\":\"" + "x".repeat(33 << 20) + "\"}";

        assertThat(send("POST", "/notifications/ward", secret(), large)).isEqualTo(413);
        assertThat(state().orElseThrow().wishes()).isGreaterThan(before);
    }

    @Test
    void others_are_refused() throws Exception {
        assertThat(send("POST", "/notifications/ward", "guessed", "")).isEqualTo(401);
        assertThat(send("POST", "/notifications/elsewhere", secret(), "")).isEqualTo(404);
        assertThat(send("POST", "/notifications/ward", secret(), "<Bundle/>")).isEqualTo(400);
        assertThat(send("GET", "/fhir/metadata", secret(), "")).isEqualTo(403);
    }
}
