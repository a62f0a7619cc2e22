package dev.ecgfhir.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ecgfhir.inference.checkpoint.Architecture;
import dev.ecgfhir.inference.checkpoint.Architecture.Stage;
import dev.ecgfhir.inference.checkpoint.Architecture.Weight;
import dev.ecgfhir.inference.checkpoint.CheckpointReader;
import dev.ecgfhir.inference.checkpoint.TorchFile;
import dev.ecgfhir.inference.checkpoint.TorchFile.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parity tests, which run on this engine too, do not see. */
class VectorEngineTest {
    private static final Path MICRO = Fixtures.path("model/variants/micro-1-lead.pth");
    private static final String MODULE = "jdk.incubator.vector";

    @ParameterizedTest
    @CsvSource({"12, 2, 1, 1", "12, 5, 3, 5", "1, 40, 20, 16", "12, 48, 24, 7", "1, 33, 33, 2"})
    void any_widths_give_the_plain_loops_answer_at_any_length(
            int leads, int filters, int groupWidth, int kernel, @TempDir Path folder) throws IOException {
        List<Stage> stages = List.of(new Stage(groupWidth * 2, 2), new Stage(filters / groupWidth * groupWidth * 3, 1));
        Path file = folder.resolve("odd.pth");
        write(file, new Architecture(leads, filters, kernel, groupWidth, stages, 3));

        try (LoadedModel loaded = EcgModels.load(file, vector(1))) {
            for (int samples : new int[] {1, 2, 3, 8, 31, 32, 33, 64, 131}) {
                ModelInput input = input(leads, samples, 1);
                double[] expected = new DirectForward(CheckpointReader.read(file)).run(exact(input))[0];
                float[] found = loaded.model().score(List.of(input)).get(0).logits();
                for (int i = 0; i < expected.length; i++) {
                    assertThat(Math.abs(found[i] - expected[i]))
                            .as("%d samples, logit %d", samples, i)
                            .isLessThanOrEqualTo(5e-5 + 5e-6 * Math.abs(expected[i]));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32}) // bytes; as processors without AVX-512 have
    void narrower_vectors_give_the_references_answers(int bytes) throws Exception {
        String output = java("--add-modules", MODULE, "-XX:MaxVectorSize=" + bytes);

        assertThat(output).contains("STARTED Java vectors of " + 8 * bytes + " bits on cpu");
        assertThat(output.lines().filter(line -> line.startsWith("PARITY"))).hasSize(3);
    }

    @Test
    void without_the_module_the_message_says_how_to_add_it() throws Exception {
        assertThat(java("-Xshare:auto"))
                .contains("ENGINE_UNAVAILABLE")
                .contains("start Java with --add-modules jdk.incubator.vector");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void a_batch_is_answered_in_order_as_its_records_alone_whoever_else_calls(int threads) throws Exception {
        try (LoadedModel loaded = EcgModels.load(MICRO, vector(threads))) {
            List<ModelInput> inputs = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                inputs.add(input(1, 500, i + 1));
            }
            List<float[]> alone = inputs.stream()
                    .map(input -> loaded.model().score(List.of(input)).get(0).logits())
                    .toList();
            ExecutorService callers = Executors.newFixedThreadPool(6);
            Callable<List<Scores>> call = () -> loaded.model().score(inputs);
            for (Future<List<Scores>> answer : callers.invokeAll(Collections.nCopies(12, call))) {
                for (int i = 0; i < inputs.size(); i++) {
                    assertThat(answer.get().get(i).logits()).containsExactly(alone.get(i));
                }
            }
            callers.shutdown();
        }
    }

    @Test
    void a_bad_input_is_refused_by_name_and_a_closed_model_refuses_all() {
        LoadedModel loaded = EcgModels.load(MICRO, vector(2));
        ModelInput notFinite = ModelInput.of(new float[][] {{1, 2, Float.NaN}});

        assertThatThrownBy(() -> loaded.model().score(List.of(notFinite)))
                .hasMessage("input 0 is not finite at lead 0, sample 2");
        loaded.close();
        assertThatThrownBy(() -> loaded.model().score(List.of(input(1, 500, 1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the model is closed");
    }

    @Test
    void a_gpu_is_refused() {
        assertThatThrownBy(() -> EcgModels.load(MICRO, new InferenceConfig("vector", "gpu:0", 1)))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("device 'gpu:0' was asked for, engine 'vector' runs on cpu alone");
    }

    /** Runs the stored cases in a Java of its own, whose vectors or modules differ. */
    public static void main(String[] args) {
        for (String file : List.of("tiny-12-lead.pth", "small-12-lead.pth", "tiny-1-lead.pth")) {
            try (LoadedModel loaded = EcgModels.load(Fixtures.path("model/" + file), vector(1))) {
                System.out.println("STARTED " + loaded.model().engine());
                System.out.println("PARITY " + EcgModelParityTest.compare(file, loaded.model()));
            } catch (EngineException e) {
                System.out.println(e.reason() + " " + e.getMessage());
            }
        }
    }

    private static String java(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), VectorEngineTest.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static void write(Path file, Architecture architecture) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Weight weight : architecture.weights()) {
            tensors.put(
                    weight.name(), new Tensor(weight.shape(), FormulaWeights.values(weight.name(), weight.shape())));
        }
        TorchFile.write(file, tensors);
    }

    private static InferenceConfig vector(int threads) {
        return new InferenceConfig("vector", "cpu", threads);
    }

    private static ModelInput input(int leads, int samples, int seed) {
        float[][] window = new float[leads][samples];
        for (int lead = 0; lead < leads; lead++) {
            for (int t = 0; t < samples; t++) {
                window[lead][t] = (float) Math.sin(0.37 * t * seed + lead);
            }
        }
        return ModelInput.of(window);
    }

    private static double[][] exact(ModelInput input) {
        float[] values = new float[input.leads() * input.samples()];
        input.copyTo(values, 0);
        double[][] exact = new double[input.leads()][input.samples()];
        for (int i = 0; i < values.length; i++) {
            exact[i / input.samples()][i % input.samples()] = values[i];
        }
        return exact;
    }
}
