package dev.ecgfhir.pipeline;

import dev.ecgfhir.inference.EcgModel;
import dev.ecgfhir.inference.Label;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.ModelDescription;
import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.Scores;
import dev.ecgfhir.inference.Thresholds;
import dev.ecgfhir.inference.Thresholds.Rule;
import java.util.ArrayList;
import java.util.List;

/** A model that answers the n-th window it is ever given with the n-th list of scores; the last one repeats. */
final class FakeModel implements EcgModel {
    private final int leads;
    private final boolean demonstration;
    private final String hash;
    private final List<Label> labels;
    private final List<double[]> answers = new ArrayList<>();
    private int answered;
    private int largestPass;
    private boolean closed;

    private FakeModel(int leads, boolean demonstration, String hash, List<Label> labels) {
        this.leads = leads;
        this.hash = hash;
        this.demonstration = demonstration;
        this.labels = labels;
    }

    static FakeModel of(int leads, String... labels) {
        List<Label> made = new ArrayList<>();
        for (String label : labels) {
            made.add(new Label(made.size(), label));
        }
        return new FakeModel(leads, false, "ab" + leads, made);
    }

    FakeModel demonstration() {
        return new FakeModel(leads, true, hash, labels);
    }

    FakeModel hashed(String sha256) {
        return new FakeModel(leads, demonstration, sha256, labels);
    }

    /** Adds the scores of one more window, one for each label, 0..1. */
    FakeModel answering(double... scores) {
        answers.add(scores);
        return this;
    }

    /** Loads it with a threshold of 0.5 for every label. */
    LoadedModel loaded() {
        return loaded(labels.stream()
                .map(label -> new Rule(label, true, true, 0.5, false))
                .toList());
    }

    LoadedModel loaded(List<Rule> rules) {
        return new LoadedModel(this, Thresholds.of("test-1", rules));
    }

    List<Label> labels() {
        return labels;
    }

    int answered() {
        return answered;
    }

    synchronized boolean closed() {
        return closed;
    }

    int largestPass() {
        return largestPass;
    }

    @Override
    public ModelDescription description() {
        return new ModelDescription(leads, labels, 2, 1, 0, List.of(), hash, demonstration);
    }

    @Override
    public String engine() {
        return "fake";
    }

    @Override
    public synchronized List<Scores> score(List<ModelInput> inputs) {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
        largestPass = Math.max(largestPass, inputs.size());
        List<Scores> scores = new ArrayList<>();
        for (ModelInput input : inputs) {
            if (input.leads() != leads || input.samples() != 5000) {
                throw new IllegalArgumentException("fake model of " + leads + " leads got " + input.leads());
            }
            double[] answer = answers.get(Math.min(answered++, answers.size() - 1));
            float[] logits = new float[answer.length];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = (float) Math.log(answer[i] / (1 - answer[i]));
            }
            scores.add(Scores.of(logits, new float[2]));
        }
        return scores;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
