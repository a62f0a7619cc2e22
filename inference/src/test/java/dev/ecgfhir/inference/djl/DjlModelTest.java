package dev.ecgfhir.inference.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ecgfhir.inference.EcgModel;
import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.inference.Fixtures;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.Scores;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DjlModelTest {
    private final EcgModel model = EcgModels.load(
                    Fixtures.path("model/variants/micro-1-lead.pth"), new InferenceConfig("pytorch", "cpu", 1))
            .model();

    @AfterEach
    void close() {
        model.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 5000}) // the general way and that of whole windows
    void many_threads_get_the_answers_that_one_gets(int samples) throws Exception {
        List<ModelInput> inputs = inputs(16, samples);
        List<float[]> alone = inputs.stream()
                .map(input -> model.score(List.of(input)).get(0).logits())
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<List<float[]>>> answers = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            Callable<List<float[]>> call = () -> {
                start.await();
                List<float[]> logits = new ArrayList<>();
                for (int round = 0; round < 4; round++) {
                    inputs.forEach(input ->
                            logits.add(model.score(List.of(input)).get(0).logits()));
                }
                return logits;
            };
            answers.add(threads.submit(call));
        }
        start.countDown();
        for (Future<List<float[]>> answer : answers) {
            List<float[]> logits = answer.get();
            for (int i = 0; i < logits.size(); i++) {
                assertThat(logits.get(i)).containsExactly(alone.get(i % 16));
            }
        }
        threads.shutdown();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 5000})
    void a_long_list_is_answered_in_order_as_its_elements_alone(int samples) {
        List<ModelInput> inputs = inputs(70, samples);

        List<Scores> together = model.score(inputs);

        assertThat(together).hasSize(70);
        for (int i = 0; i < inputs.size(); i++) {
            float[] alone = model.score(List.of(inputs.get(i))).get(0).logits();
            // the tolerance of the fixtures: another batch size may choose another kernel
            assertThat(together.get(i).logits()).containsExactly(alone, within(5e-5f));
        }
    }

    @Test
    void inputs_that_do_not_fit_are_refused_by_name() {
        ModelInput twelve = ModelInput.of(new float[12][100]);
        ModelInput one = ModelInput.of(new float[1][100]);
        ModelInput longer = ModelInput.of(new float[1][101]);
        ModelInput notFinite = ModelInput.of(new float[][] {{1, 2, Float.NaN}});

        assertThatThrownBy(() -> model.score(List.of(one, twelve)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input 1 has 12 leads, the model takes 1");
        assertThatThrownBy(() -> model.score(List.of(one, longer)))
                .hasMessageStartingWith("input 1 has 101 samples, input 0 has 100");
        assertThatThrownBy(() -> model.score(List.of(notFinite)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input 0 is not finite at lead 0, sample 2");
        assertThatThrownBy(() -> model.score(List.of())).hasMessage("there is no input to score");
    }

    @Test
    void a_closed_model_refuses_to_score_and_may_be_closed_again() {
        model.close();
        model.close();

        assertThatThrownBy(() -> model.score(inputs(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the model is closed");
    }

    @Test
    void closing_waits_for_the_calls_in_progress() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        CountDownLatch running = new CountDownLatch(4);
        List<Future<Integer>> calls = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            calls.add(threads.submit(() -> {
                int scored = 0;
                while (true) {
                    try {
                        int before = scored;
                        scored += model.score(inputs(4)).size();
                        if (before == 0) {
                            running.countDown(); // once a thread: each has scored before the model is closed
                        }
                    } catch (IllegalStateException closed) {
                        assertThat(closed).hasMessage("the model is closed");
                        return scored;
                    }
                }
            }));
        }
        running.await();
        model.close();
        for (Future<Integer> call : calls) {
            assertThat(call.get()).isPositive().isEqualTo(call.get() / 4 * 4);
        }
        threads.shutdown();
    }

    @Test
    void calls_leave_no_arrays_behind_whether_they_succeed_or_fail() {
        DjlModel djl = (DjlModel) model;
        model.score(inputs(3));
        int before = djl.nativeArrays();

        for (int i = 0; i < 20; i++) {
            model.score(inputs(3));
            assertThatThrownBy(() -> model.score(List.of(ModelInput.of(new float[][] {{Float.NaN}}))));
        }

        assertThat(djl.nativeArrays()).isEqualTo(before).isPositive();
    }

    private static List<ModelInput> inputs(int count) {
        return inputs(count, 500);
    }

    private static List<ModelInput> inputs(int count, int samples) {
        List<ModelInput> inputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] lead = new float[samples];
            for (int t = 0; t < lead.length; t++) {
                lead[t] = (float) Math.sin(t * 0.01 * (i + 1));
            }
            inputs.add(ModelInput.of(new float[][] {lead}));
        }
        return Collections.unmodifiableList(inputs);
    }
}
