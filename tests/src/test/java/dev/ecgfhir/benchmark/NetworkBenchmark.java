package dev.ecgfhir.benchmark;

import dev.ecgfhir.inference.EcgModel;
import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.Precision;
import dev.ecgfhir.inference.Scores;
import dev.ecgfhir.inference.npy.NpyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The time of one batch through the network of the published size. {@code benchmark/compare.py} prepares the folder and runs this in turns
 * with Python's engines; before it is timed the answer is held against the reference's.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class NetworkBenchmark {
    private static final int LABELS = 150;

    /** With formula.safetensors, inputs.npy and logits.npy. */
    @Param("target/benchmark")
    public String folder = "";

    @Param({"vector", "pytorch"})
    public String engine = "";

    /** As the settings name it; answers in another than float32 are not held against the reference's. */
    @Param("float32")
    public String precision = "";

    @Param({"1", "8", "32"})
    public int batch;

    @Param({"1", "2"})
    public int threads;

    private LoadedModel loaded;
    private List<ModelInput> inputs = List.of();

    /** Loads the model and checks its answer. */
    @Setup
    public void load() throws IOException {
        Precision format = Precision.of(precision).orElseThrow();
        InferenceConfig config = new InferenceConfig(engine, "cpu", threads, format);
        loaded = EcgModels.load(Path.of(folder, "formula.safetensors"), config);
        List<ModelInput> stored = stored(loaded.model().description().leads());
        inputs = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            inputs.add(stored.get(i % stored.size()));
        }
        double[] expected = NpyFile.read(Path.of(folder, "logits.npy")).doubles();
        List<Scores> scores = loaded.model().score(inputs);
        double largest = 0;
        for (int i = 0; i < batch; i++) {
            float[] logits = scores.get(i).logits();
            for (int label = 0; label < LABELS; label++) {
                double logit = expected[i % stored.size() * LABELS + label];
                double difference = Math.abs(logits[label] - logit);
                largest = Math.max(largest, difference);
                if (format == Precision.FLOAT32 && !(difference <= 5e-5 + 5e-6 * Math.abs(logit))) {
                    throw new IllegalStateException("record %d, label %d: logit %.6f, the reference has %.6f"
                            .formatted(i, label, logits[label], logit));
                }
            }
        }
        System.out.printf("%nengine: %s, difference %.1e%n", loaded.model().engine(), largest); // compare.py reads it
    }

    private List<ModelInput> stored(int leads) throws IOException {
        float[] values = NpyFile.read(Path.of(folder, "inputs.npy")).floats();
        int samples = NpyFile.read(Path.of(folder, "inputs.npy")).shape()[2];
        List<ModelInput> windows = new ArrayList<>();
        for (int from = 0; from < values.length; from += leads * samples) {
            float[][] window = new float[leads][samples];
            for (int lead = 0; lead < leads; lead++) {
                System.arraycopy(values, from + lead * samples, window[lead], 0, samples);
            }
            windows.add(ModelInput.of(window));
        }
        return windows;
    }

    /** One batch. */
    @Benchmark
    public List<Scores> score() {
        EcgModel model = loaded.model();
        return model.score(inputs);
    }

    /** Frees the weights. */
    @TearDown
    public void close() {
        loaded.close();
    }
}
