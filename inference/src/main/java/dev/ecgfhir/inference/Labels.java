package dev.ecgfhir.inference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names of the network's outputs. A checkpoint does not carry them: a model with as many outputs as ECGFounder publishes labels for
 * gets those names, any other gets {@code OUTPUT 0}, {@code OUTPUT 1} and so on.
 */
final class Labels {
    private static final List<Label> PUBLISHED = read("labels.csv");

    private Labels() {}

    static List<Label> of(int outputs) {
        if (outputs == PUBLISHED.size()) {
            return PUBLISHED;
        }
        List<Label> labels = new ArrayList<>(outputs);
        for (int i = 0; i < outputs; i++) {
            labels.add(new Label(i, "OUTPUT " + i));
        }
        return labels;
    }

    private static List<Label> read(String resource) {
        List<Label> labels = new ArrayList<>();
        text(resource).lines().skip(1).forEach(line -> {
            String[] cells = line.split(",", 2);
            Label label = new Label(Integer.parseInt(cells[0]), cells[1]);
            if (label.index() != labels.size()) {
                throw new IllegalStateException(resource + ": label " + label.index() + " stands at " + labels.size());
            }
            labels.add(label);
        });
        return List.copyOf(labels);
    }

    static String text(String resource) {
        try (@Nullable InputStream in = Labels.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
