package dev.ecgfhir.cli;

import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.Precision;
import dev.ecgfhir.inference.ThresholdsException;
import dev.ecgfhir.inference.ThresholdsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The models that a command line names, or the demonstration ones where it names none.
 *
 * @param loaded the models; closed with this
 */
record GivenModels(List<LoadedModel> loaded) implements AutoCloseable {
    static final String DEMONSTRATION_WARNING =
            "ecgfhir: DEMONSTRATION WEIGHTS: not ECGFounder, not validated, not for patients;"
                    + " give the published checkpoints by --model";

    private static final List<Integer> LEADS = List.of(12, 1);

    GivenModels {
        loaded = List.copyOf(loaded);
    }

    /** Loads them; what was loaded before a failure is closed. */
    static GivenModels load(List<Path> checkpoints) {
        return load(checkpoints, Precision.FLOAT32);
    }

    /** Loads them to run in a number format. */
    static GivenModels load(List<Path> checkpoints, Precision precision) {
        InferenceConfig config = InferenceConfig.defaults().in(precision);
        List<LoadedModel> loaded = new ArrayList<>();
        try {
            if (checkpoints.isEmpty()) {
                LEADS.forEach(leads -> loaded.add(EcgModels.demonstration(leads, config)));
            } else {
                checkpoints.forEach(checkpoint -> loaded.add(EcgModels.load(checkpoint, config)));
            }
            return new GivenModels(loaded);
        } catch (RuntimeException e) {
            loaded.forEach(LoadedModel::close);
            throw e;
        }
    }

    /**
     * Returns the same models with the tables of thresholds that name them.
     *
     * @param files tables, each for one of the models
     * @throws ThresholdsException if a table is for none of them or has mistakes
     */
    GivenModels with(List<Path> files) {
        List<LoadedModel> models = new ArrayList<>(loaded);
        for (Path file : files) {
            String wanted = ThresholdsFile.modelOf(file).orElse("");
            int found = -1;
            for (int i = 0; i < models.size(); i++) {
                if (models.get(i).model().description().hash().equals(wanted)) {
                    found = i;
                }
            }
            if (found < 0) {
                throw new ThresholdsException(
                        file.toString(),
                        List.of(
                                wanted.isEmpty()
                                        ? "does not name its model; expected a line 'model,sha256:HEX' below the version"
                                        : "was made for the model " + wanted + ", which is none of those in use: "
                                                + models.stream()
                                                        .map(model -> model.model()
                                                                .description()
                                                                .hash())
                                                        .collect(Collectors.joining(", "))));
            }
            LoadedModel model = models.get(found);
            models.set(found, model.with(ThresholdsFile.read(file, model.model().description())));
        }
        return new GivenModels(models);
    }

    /** Tells whether a model is one of the demonstration ones. */
    boolean demonstration() {
        return loaded.stream().anyMatch(model -> model.model().description().demonstration());
    }

    /** Returns why these models cannot be used together. */
    Optional<String> problem() {
        Set<Integer> leads = new HashSet<>();
        for (LoadedModel model : loaded) {
            int taken = model.model().description().leads();
            if (!LEADS.contains(taken)) {
                return Optional.of("--model: a model takes 12 leads or 1, one of the given ones takes " + taken);
            }
            if (!leads.add(taken)) {
                return Optional.of("--model: two models for " + taken + (taken == 1 ? " lead" : " leads")
                        + " were given; give one for 12 leads and one for lead I");
            }
        }
        return Optional.empty();
    }

    /** Returns why the features of these models cannot stand in one table. */
    Optional<String> featuresProblem() {
        List<Integer> widths = loaded.stream()
                .map(model -> model.model().description().features())
                .distinct()
                .toList();
        return widths.size() == 1
                ? Optional.empty()
                : Optional.of("--model: the models have " + widths + " features; give models of as many features each,"
                        + " or run the command once for each");
    }

    /** Returns how many features each of the models has. */
    int features() {
        return loaded.get(0).model().description().features();
    }

    @Override
    public void close() {
        loaded.forEach(LoadedModel::close);
    }
}
