package dev.ecgfhir.cli;

import dev.ecgfhir.inference.Label;
import dev.ecgfhir.inference.training.LabelledScores;
import java.util.ArrayList;
import java.util.List;

/** The scores of ECGs of which the labels are known, collected one after the other. Not for use by several threads. */
final class LabelledEcgs {
    private final List<double[]> scores = new ArrayList<>();
    private final List<LabelFile.Row> rows = new ArrayList<>();

    void add(double[] recording, LabelFile.Row known) {
        scores.add(recording.clone());
        rows.add(known);
    }

    int size() {
        return rows.size();
    }

    /** Returns the scores of one label on the recordings of which it is known whether it is true. */
    LabelledScores of(Label label) {
        int[] known = java.util.stream.IntStream.range(0, size())
                .filter(i -> !rows.get(i).unknown().contains(label.name()))
                .toArray();
        double[] values = new double[known.length];
        boolean[] truth = new boolean[known.length];
        int[] patients = new int[known.length];
        for (int i = 0; i < known.length; i++) {
            values[i] = scores.get(known[i])[label.index()];
            truth[i] = rows.get(known[i]).present().contains(label.name());
            patients[i] = rows.get(known[i]).patient();
        }
        return LabelledScores.of(values, truth, patients);
    }
}
