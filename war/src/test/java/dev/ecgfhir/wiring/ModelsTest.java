package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ModelsTest {
    private static final Path RECORDING =
            Path.of("..", "fhir-adapter", "src", "test", "resources", "recordings", "fhir", "ptbxl_00002.json");

    private static final Pattern HASH = Pattern.compile("\"value\":\"(sha256:[0-9a-f]{64})\"");

    private static String spareHash() throws IOException {
        for (Object one :
                new ObjectMapper().readValue(TestServer.get("/actuator/models").body(), List.class)) {
            if (((Map<?, ?>) one).get("name").equals("spare")) {
                return (String) ((Map<?, ?>) one).get("hash");
            }
        }
        throw new AssertionError("no model 'spare'");
    }

    private static HttpResponse<String> exchange(String name, Path file) throws IOException {
        return TestServer.postJson(
                "/actuator/models/" + name, new ObjectMapper().writeValueAsString(Map.of("file", file.toString())));
    }

    /** Has the recording read by the spare network; returns the hash that the report's Device names. */
    private static String readBySpare(String recording) {
        HttpResponse<String> answer = TestServer.post(
                "/fhir/Observation/$interpret",
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"model\",\"valueString\":\"spare\"},"
                        + "{\"name\":\"observation\",\"resource\":" + recording + "}]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Matcher hash = HASH.matcher(answer.body());
        assertThat(hash.find()).isTrue();
        return hash.group(1);
    }

    @Test
    void lists_the_networks_at_work() {
        assertThat(TestServer.get("/actuator/models").body())
                .contains("\"name\":\"twelve-lead\"", "\"name\":\"single-lead\"", "\"name\":\"spare\"")
                .contains("\"warm\":true", "\"backlog\":0");
        assertThat(TestServer.get("/").body()).contains("spare (on request)");
    }

    @Test
    void a_network_is_exchanged_while_requests_go_on_and_none_is_lost() throws Exception {
        String recording = Files.readString(RECORDING);
        String before = spareHash();
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(3);
        List<Future<List<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Callable<List<String>> caller = () -> {
                List<String> hashes = new ArrayList<>();
                while (!done.get()) {
                    hashes.add(readBySpare(recording));
                    answered.incrementAndGet();
                }
                return hashes;
            };
            answers.add(callers.submit(caller));
        }
        while (answered.get() < 3) {
            LockSupport.parkNanos(1_000_000);
        }

        HttpResponse<String> exchanged = exchange("spare", TestServer.variant("micro-1-lead-fp16.pth"));
        String after = spareHash();
        int then = answered.get();
        while (answered.get() < then + 3) {
            LockSupport.parkNanos(1_000_000);
        }
        done.set(true);

        assertThat(exchanged.statusCode()).as(exchanged.body()).isEqualTo(200);
        assertThat(exchanged.body()).contains(after);
        assertThat(after).isNotEqualTo(before);
        for (Future<List<String>> caller : answers) {
            assertThat(caller.get()).isNotEmpty().isSubsetOf(before, after);
        }
        callers.shutdown();
        assertThat(readBySpare(recording)).isEqualTo(after);
        assertThat(exchange("spare", TestServer.SPARE).statusCode()).isEqualTo(200);
        assertThat(spareHash()).isEqualTo(before);
    }

    @Test
    void an_exchange_that_cannot_be_made_changes_nothing_and_says_why() throws Exception {
        String before = TestServer.get("/actuator/models").body();

        HttpResponse<String> noCheckpoint = exchange("spare", RECORDING.toAbsolutePath());
        HttpResponse<String> noName = exchange("spar", TestServer.SPARE);
        HttpResponse<String> otherLeads = exchange("twelve-lead", TestServer.SPARE);

        assertThat(noCheckpoint.statusCode()).isEqualTo(400);
        assertThat(noCheckpoint.body()).contains("nothing was changed: ", "ptbxl_00002.json");
        assertThat(noName.statusCode()).isEqualTo(400);
        assertThat(noName.body()).contains("there is no model 'spar'");
        assertThat(otherLeads.statusCode()).isEqualTo(400);
        assertThat(otherLeads.body())
                .contains("the name 'twelve-lead' is of a 12-lead model, the given one is a 1-lead model");
        assertThat(TestServer.get("/actuator/models").body()).isEqualTo(before);
    }

    @Test
    void health_and_metrics_tell_of_the_queues() throws Exception {
        readBySpare(Files.readString(RECORDING));

        assertThat(TestServer.get("/actuator/health").body())
                .contains("\"queue of twelve-lead\":\"0 live and 0 of the backlog wait, places for 256;");
        assertThat(TestServer.get("/actuator/prometheus").body())
                .contains("ecgfhir_inference_queue{model=\"twelve-lead\",urgency=\"live\"} 0.0")
                .contains("ecgfhir_inference_alarm{model=\"spare\"} 0.0")
                .containsPattern("ecgfhir_inference_batch_size_count\\{model=\"spare\"} [1-9]")
                .containsPattern("ecgfhir_inference_wait_seconds_count\\{model=\"spare\",urgency=\"live\"} [1-9]");
    }
}
