package dev.ecgfhir.benchmark;

import dev.ecgfhir.inference.EcgModel;
import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.Scores;
import dev.ecgfhir.inference.batching.BatchListener;
import dev.ecgfhir.inference.batching.BatchingConfig;
import dev.ecgfhir.inference.batching.BatchingModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/**
 * What the queue in front of a network costs: records a second of the bare network, by batch and by callers, beside those of 64 callers
 * through the queue; in turns, in one run. The command stands in {@code docs/deployment.md}. No test: its name is none that is run by itself,
 * and nothing is asserted.
 */
class ServingBenchmark {
    private static final int SAMPLES = 5000;
    private static final int CALLERS = Integer.getInteger("serving.callers", 64);
    private static final int ROUNDS = Integer.getInteger("serving.rounds", 3);
    private static final Duration TURN = Duration.ofMillis(Long.getLong("serving.milliseconds", 3000));
    private static final int[] BATCHES = {1, 8, 32};

    private final Map<String, List<Double>> results = new LinkedHashMap<>();

    @Test
    void tells_records_a_second() throws InterruptedException {
        Path file = Path.of(System.getProperty("serving.model", "set -Dserving.model=FILE"));
        String engine = System.getProperty("serving.engine", "auto");
        String device = System.getProperty("serving.device", "auto");
        int processors = Runtime.getRuntime().availableProcessors();
        try (EcgModel one = EcgModels.load(file, new InferenceConfig(engine, device, 1))
                        .model();
                EcgModel all = EcgModels.load(file, new InferenceConfig(engine, device, processors))
                        .model();
                BatchingModel queue = BatchingModel.start(
                        EcgModels.load(file, new InferenceConfig(engine, device, 1))
                                .model(),
                        BatchingConfig.defaults(),
                        Optional.empty(),
                        BatchListener.NONE)) {
            queue.awaitWarm(Duration.ofMinutes(2));
            int leads = one.description().leads();
            warm(one, leads);
            warm(all, leads);
            for (int round = 0; round < ROUNDS; round++) {
                for (int batch : BATCHES) {
                    bare("bare, batch " + batch + ", 1 caller, " + processors + " threads", all, leads, batch, 1);
                    bare(
                            "bare, batch " + batch + ", " + processors + " callers, 1 thread each",
                            one,
                            leads,
                            batch,
                            processors);
                }
                measure(CALLERS + " callers through the queue", queue, leads, 1, CALLERS);
            }
            print(one.engine() + ", " + processors + " processors; queue: passes of up to "
                    + queue.status().batchSize() + ", " + queue.status().passes() + " at once");
            copying(one, leads);
        }
    }

    private static List<ModelInput> inputs(int leads, int count) {
        float[][] window = new float[leads][SAMPLES];
        for (int lead = 0; lead < leads; lead++) {
            for (int t = 0; t < SAMPLES; t++) {
                window[lead][t] = (float) Math.sin(0.013 * t + lead);
            }
        }
        return Collections.nCopies(count, ModelInput.of(window));
    }

    private static void warm(EcgModel model, int leads) {
        for (int i = 0; i < 20; i++) {
            model.score(inputs(leads, 2));
        }
    }

    private void bare(String name, EcgModel model, int leads, int batch, int callers) throws InterruptedException {
        measure(name, model, leads, batch, callers);
    }

    private void measure(String name, EcgModel model, int leads, int batch, int callers) throws InterruptedException {
        List<ModelInput> inputs = inputs(leads, batch);
        LongAdder scored = new LongAdder();
        long begun = System.nanoTime();
        long end = begun + TURN.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int c = 0; c < callers; c++) {
            Thread thread = new Thread(() -> {
                while (System.nanoTime() < end) {
                    scored.add(model.score(inputs).size());
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        results.computeIfAbsent(name, any -> new ArrayList<>()).add(scored.sum() / seconds);
    }

    private void print(String title) {
        System.out.println(title);
        double best = 0;
        double queue = 0;
        for (Map.Entry<String, List<Double>> result : results.entrySet()) {
            double median = result.getValue().stream()
                    .sorted()
                    .toList()
                    .get(result.getValue().size() / 2);
            System.out.printf(
                    "%-45s %8.1f records/s (%s)%n",
                    result.getKey(),
                    median,
                    result.getValue().stream().map("%.1f"::formatted).toList());
            if (result.getKey().startsWith("bare")) {
                best = Math.max(best, median);
            } else {
                queue = median;
            }
        }
        System.out.printf("through the queue / best of the bare network: %.3f%n", queue / best);
    }

    /** All copies on the way from a batch of 8 inputs to its scores, beside the time of the pass. */
    private static void copying(EcgModel model, int leads) {
        List<ModelInput> inputs = inputs(leads, 8);
        List<Scores> scores = model.score(inputs);
        float[] batch = new float[8 * leads * SAMPLES];
        double pass = Double.MAX_VALUE;
        double copies = Double.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long begun = System.nanoTime();
            model.score(inputs);
            pass = Math.min(pass, System.nanoTime() - begun);
            begun = System.nanoTime();
            for (int i = 0; i < 8; i++) {
                inputs.get(i).copyTo(batch, i * leads * SAMPLES);
                Scores.of(scores.get(i).logits(), scores.get(i).features());
            }
            copies = Math.min(copies, System.nanoTime() - begun);
        }
        System.out.printf(
                "copying for a batch of 8: %.3f ms, %.2f %% of its pass (%.1f ms)%n",
                copies / 1e6, 100 * copies / pass, pass / 1e6);
    }
}
