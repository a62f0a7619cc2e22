package dev.ecgfhir.inference.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.ecgfhir.inference.EcgModel;
import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.EngineException.Reason;
import dev.ecgfhir.inference.Fixtures;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.Scores;
import dev.ecgfhir.inference.batching.BatchListener;
import dev.ecgfhir.inference.batching.BatchingConfig;
import dev.ecgfhir.inference.batching.BatchingModel;
import dev.ecgfhir.inference.batching.QueueStatus;
import dev.ecgfhir.inference.checkpoint.CheckpointReader;
import dev.ecgfhir.inference.checkpoint.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a GPU's failures do to callers. The model is the true one on PyTorch; its forward pass raises what DJL raises. */
@Timeout(120)
class DeviceFailureTest {
    private static final Path MICRO = Fixtures.path("model/variants/micro-1-lead.pth");

    /** As PyTorch 2.7.1 words them. */
    private static final String NO_MEMORY =
            "CUDA out of memory. Tried to allocate 256.00 MiB. GPU 0 has a total capacity of"
                    + " 7.79 GiB of which 120.06 MiB is free. Of the allocated memory 7.12 GiB is allocated by PyTorch, and 88.11 MiB is"
                    + " reserved by PyTorch but unallocated.";

    private static final String LAUNCH_FAILED = "CUDA error: unspecified launch failure\nCUDA kernel errors might be"
            + " asynchronously reported at some other API call, so the stacktrace below might be incorrect.\n";

    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    private static EcgModel onCpu() {
        return EcgModels.load(MICRO, new InferenceConfig("pytorch", "cpu", 1)).model();
    }

    /** Returns the true model; before each pass {@code failure} is told how many inputs it has. */
    private static DjlModel failing(Consumer<Long> failure) {
        Network network = CheckpointReader.read(MICRO);
        PyTorch.engine();
        NDManager weights = NDManager.newBaseManager(Device.cpu(), PyTorch.NAME);
        Net1dBlock block = new Net1dBlock(network.architecture());
        block.setWeights(weights, network);
        ForwardPass general = new BlockForwardPass(block);
        ForwardPass pass = new ForwardPass() {
            @Override
            public String name() {
                return "failing";
            }

            @Override
            public NDList run(NDArray input) {
                failure.accept(input.getShape().get(0));
                return general.run(input);
            }

            @Override
            public void close() {
                general.close();
            }
        };
        return new DjlModel(EcgModels.describe(MICRO), weights, pass, "PyTorch 2.7.1 on gpu:0", 1);
    }

    private static void raise(String text) {
        throw new ai.djl.engine.EngineException(text);
    }

    private BatchingModel start(EcgModel model, int batch, Optional<Supplier<EcgModel>> onCpu) {
        BatchingConfig config = new BatchingConfig(Optional.of(batch), Duration.ofMillis(1), 100);
        return BatchingModel.start(model, config, onCpu, new BatchListener() {
            @Override
            public void outOfMemory(int records) {
                heard.add("at most " + records);
            }

            @Override
            public void deviceLost() {
                heard.add("lost");
            }
        });
    }

    private static List<ModelInput> inputs(int count) {
        List<ModelInput> inputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] lead = new float[300];
            for (int t = 0; t < lead.length; t++) {
                lead[t] = (float) Math.sin(t * 0.02 * (i + 1));
            }
            inputs.add(ModelInput.of(new float[][] {lead}));
        }
        return inputs;
    }

    /** Asks for all inputs, each by a caller of its own, and holds the answers against those of the model alone. */
    private static void everyCallerGetsItsScores(EcgModel model, int callers) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        List<ModelInput> inputs = inputs(callers);
        List<Future<List<Scores>>> answers = new ArrayList<>();
        for (ModelInput input : inputs) {
            answers.add(threads.submit(() -> model.score(List.of(input))));
        }
        try (EcgModel alone = onCpu()) {
            for (int i = 0; i < callers; i++) {
                assertThat(answers.get(i).get().get(0).logits())
                        .containsExactly(
                                alone.score(List.of(inputs.get(i))).get(0).logits(), within(5e-5f));
            }
        }
        threads.shutdown();
    }

    @Test
    void without_memory_for_a_pass_it_is_halved_until_it_fits_and_stays_so() throws Exception {
        BatchingModel model = start(
                failing(size -> {
                    if (size > 5) {
                        raise(NO_MEMORY);
                    }
                }),
                16,
                Optional.of(DeviceFailureTest::onCpu));
        model.awaitWarm(Duration.ofMinutes(1));

        assertThat(heard)
                .as("while it was warmed up")
                .contains("at most 8", "at most 4")
                .doesNotContain("lost");
        assertThat(model.status().batchSize()).isEqualTo(4);
        int before = heard.size();
        everyCallerGetsItsScores(model, 24);

        assertThat(heard).hasSize(before);
        assertThat(model.status().alarm()).isEmpty();
        model.close();
    }

    @Test
    void when_the_device_is_lost_the_cpu_takes_over_with_an_alarm_and_nobody_is_left_without_scores() throws Exception {
        DjlModel gpu = failing(size -> {
            if (size > 1) { // the first pass of more than one ends it
                raise(LAUNCH_FAILED);
            }
        });
        BatchingModel model = start(gpu, 8, Optional.of(DeviceFailureTest::onCpu));
        everyCallerGetsItsScores(model, 24);

        assertThat(heard).containsExactly("lost");
        assertThat(model.engine()).isEqualTo("PyTorch 2.7.1 on cpu");
        QueueStatus status = model.status();
        assertThat(status.works()).isTrue();
        assertThat(status.alarm().orElseThrow())
                .startsWith("PyTorch 2.7.1 on gpu:0 is lost, PyTorch 2.7.1 on cpu has taken over:")
                .contains("unspecified launch failure");
        model.close();
    }

    @Test
    void where_the_cpu_must_not_take_over_every_caller_is_told_and_so_is_the_operator() {
        BatchingModel model = start(failing(size -> raise(LAUNCH_FAILED)), 8, Optional.empty());

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> model.score(inputs(2)))
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DEVICE_LOST));
        }

        assertThat(heard).containsExactly("lost");
        assertThat(model.status().works()).isFalse();
        assertThat(model.status().alarm().orElseThrow())
                .contains("nothing can be scored until this program is started again");
        model.close();
    }

    @Test
    void the_cpu_does_not_take_over_with_other_weights() {
        BatchingModel model = start(
                failing(size -> raise(LAUNCH_FAILED)),
                8,
                Optional.of(() -> EcgModels.demonstration(1, new InferenceConfig("pytorch", "cpu", 1))
                        .model()));

        assertThatThrownBy(() -> model.score(inputs(1))).isInstanceOf(EngineException.class);
        assertThat(model.status().works()).isFalse();
        assertThat(model.status().alarm().orElseThrow()).contains("its checkpoint has been changed since");
        model.close();
    }

    @Test
    void a_device_without_memory_for_a_single_input_counts_as_lost() throws Exception {
        BatchingModel model = start(failing(size -> raise(NO_MEMORY)), 4, Optional.of(DeviceFailureTest::onCpu));
        everyCallerGetsItsScores(model, 8);

        assertThat(heard).contains("lost");
        assertThat(model.engine()).isEqualTo("PyTorch 2.7.1 on cpu");
        model.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has a total capacity of 7.79 GiB | OUT_OF_DEVICE_MEMORY",
                "CUDA error: out of memory | OUT_OF_DEVICE_MEMORY",
                "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)` | OUT_OF_DEVICE_MEMORY",
                "cuDNN error: CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED | OUT_OF_DEVICE_MEMORY",
                "[enforce fail at alloc_cpu.cpp:121] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes. | OUT_OF_DEVICE_MEMORY",
                "CUDA error: unspecified launch failure | DEVICE_LOST",
                "CUDA error: an illegal memory access was encountered | DEVICE_LOST",
                "CUDA error: uncorrectable ECC error encountered | DEVICE_LOST",
                "CUDA error: CUDA-capable device(s) is/are busy or unavailable | DEVICE_LOST",
                "CUDA error: no CUDA-capable device is detected | DEVICE_LOST",
                "CUDA error: CUBLAS_STATUS_EXECUTION_FAILED when calling `cublasSgemm(...)` | DEVICE_LOST",
                "cuDNN error: CUDNN_STATUS_EXECUTION_FAILED | DEVICE_LOST",
                "cuDNN error: CUDNN_STATUS_NOT_SUPPORTED | FORWARD_FAILED",
                "The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1 | FORWARD_FAILED"
            })
    void pytorchs_words_tell_what_has_happened(String text, Reason reason) {
        try (DjlModel model = failing(size -> raise(text))) {
            assertThatThrownBy(() -> model.score(inputs(1)))
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                    .hasMessageContaining(text);
        }
    }
}
