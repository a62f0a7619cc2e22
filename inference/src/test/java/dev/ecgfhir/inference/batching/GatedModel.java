package dev.ecgfhir.inference.batching;

import dev.ecgfhir.inference.EcgModel;
import dev.ecgfhir.inference.Label;
import dev.ecgfhir.inference.ModelDescription;
import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.PassPreference;
import dev.ecgfhir.inference.Scores;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * A model of one lead whose logit is the input's first sample. Passes go through only as far as the test lets them, and can be made to
 * fail by what is in them.
 */
final class GatedModel implements EcgModel {
    private final Semaphore gate;
    private final PassPreference preference;
    private final Consumer<List<ModelInput>> failure;
    private final List<List<Float>> passes = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean closed;

    private GatedModel(int open, PassPreference preference, Consumer<List<ModelInput>> failure) {
        this.gate = new Semaphore(open);
        this.preference = preference;
        this.failure = failure;
    }

    /** Returns a model that lets nothing pass yet. */
    static GatedModel shut(PassPreference preference) {
        return new GatedModel(0, preference, inputs -> {});
    }

    /** Returns a model that lets everything pass, and runs {@code failure} on each pass first. */
    static GatedModel open(PassPreference preference, Consumer<List<ModelInput>> failure) {
        return new GatedModel(Integer.MAX_VALUE / 2, preference, failure);
    }

    /** An input with its number as first sample. */
    static ModelInput input(int number, int samples) {
        float[] lead = new float[samples];
        lead[0] = number;
        return ModelInput.of(new float[][] {lead});
    }

    static ModelInput input(int number) {
        return input(number, 10);
    }

    static float number(ModelInput input) {
        float[] values = new float[input.samples()];
        input.copyTo(values, 0);
        return values[0];
    }

    /** Returns the numbers of the inputs of each pass, in the order in which passes began. */
    List<List<Float>> passes() {
        synchronized (passes) {
            return List.copyOf(passes);
        }
    }

    void letPass(int more) {
        gate.release(more);
    }

    void openGate() {
        gate.release(Integer.MAX_VALUE / 2);
    }

    boolean closed() {
        return closed;
    }

    @Override
    public ModelDescription description() {
        return new ModelDescription(1, List.of(new Label(0, "A")), 1, 1, 0, List.of(), "ab", false);
    }

    @Override
    public String engine() {
        return "gated";
    }

    @Override
    public PassPreference preference() {
        return preference;
    }

    @Override
    public List<Scores> score(List<ModelInput> inputs) {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
        passes.add(inputs.stream().map(GatedModel::number).toList());
        gate.acquireUninterruptibly();
        failure.accept(inputs);
        return inputs.stream()
                .map(input -> Scores.of(new float[] {number(input)}, new float[] {0}))
                .toList();
    }

    @Override
    public void close() {
        closed = true;
    }
}
