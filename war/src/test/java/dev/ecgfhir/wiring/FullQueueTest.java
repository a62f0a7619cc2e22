package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ecgfhir.inference.EcgModel;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.ModelDescription;
import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.Scores;
import dev.ecgfhir.inference.batching.BatchListener;
import dev.ecgfhir.inference.batching.BatchingConfig;
import dev.ecgfhir.inference.batching.BatchingModel;
import dev.ecgfhir.pipeline.ModelRoster;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The running server in front of a network that stands still, whose queue is full. */
class FullQueueTest {
    private static final Path RECORDING =
            Path.of("..", "fhir-adapter", "src", "test", "resources", "recordings", "fhir", "ptbxl_00002.json");

    @Test
    void a_request_that_finds_no_place_gets_503_with_retry_after_and_later_an_answer() throws Exception {
        String request =
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"model\",\"valueString\":\"spare\"},"
                        + "{\"name\":\"observation\",\"resource\":" + Files.readString(RECORDING) + "}]}";
        ModelRoster roster = TestServer.server().bean(Models.class).roster();
        LoadedModel spare = roster.entries().stream()
                .filter(entry -> entry.name().equals("spare"))
                .findFirst()
                .orElseThrow()
                .model();
        StandingStill network = new StandingStill(spare.model().description());
        BatchingModel queue = BatchingModel.start(
                network, new BatchingConfig(Optional.of(1), Duration.ZERO, 4), Optional.empty(), BatchListener.NONE);
        assertThat(queue.awaitWarm(Duration.ofMinutes(1))).isTrue();
        roster.replace("spare", new LoadedModel(queue, spare.thresholds()));
        network.stands = true;
        ExecutorService callers = Executors.newCachedThreadPool();
        List<Future<List<Scores>>> others = new ArrayList<>();
        try {
            int callersNeeded = queue.status().passes() + queue.status().places();
            for (int i = 0; i < callersNeeded; i++) { // those without a place wait for one, so it stays full
                others.add(callers.submit(() -> queue.score(List.of(ModelInput.of(new float[1][5000])))));
            }
            while (network.held < queue.status().passes()
                    || queue.status().live() < queue.status().places() * 3 / 4) {
                LockSupport.parkNanos(1_000_000);
            }

            HttpResponse<String> refused = TestServer.post("/fhir/Observation/$interpret", request);

            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After"))
                    .hasValueSatisfying(
                            seconds -> assertThat(Integer.parseInt(seconds)).isPositive());
            assertThat(refused.body()).contains("QUEUE_FULL", "the queue of live ECGs is full");
            network.open.countDown();
            for (Future<List<Scores>> other : others) {
                assertThat(other.get()).hasSize(1);
            }
            assertThat(TestServer.post("/fhir/Observation/$interpret", request).statusCode())
                    .isEqualTo(200);
        } finally {
            network.open.countDown();
            callers.shutdown();
            TestServer.postJson(
                    "/actuator/models/spare",
                    new ObjectMapper().writeValueAsString(Map.of("file", TestServer.SPARE.toString())));
        }
    }

    /** Answers once it is let go. */
    private static final class StandingStill implements EcgModel {
        private final ModelDescription description;
        private final CountDownLatch open = new CountDownLatch(1);
        private volatile boolean stands;
        private volatile int held;

        StandingStill(ModelDescription description) {
            this.description = description;
        }

        @Override
        public ModelDescription description() {
            return description;
        }

        @Override
        public String engine() {
            return "one that stands still";
        }

        @Override
        public List<Scores> score(List<ModelInput> inputs) {
            if (stands) {
                hold();
            }
            return inputs.stream()
                    .map(input -> Scores.of(new float[description.labels().size()], new float[description.features()]))
                    .toList();
        }

        private void hold() {
            synchronized (open) {
                held++;
            }
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {}
    }
}
