package dev.ecgfhir.component;

import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.Precision;
import dev.ecgfhir.inference.signal.MainsFrequency;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that makes two endpoints share their networks.
 *
 * @param twelveLead weights of the 12-lead network
 * @param singleLead weights of the single-lead network
 * @param demonstration both bundled demonstration networks instead
 * @param inference engine, device, threads, precision
 * @param mains what the notch filter takes out
 */
record ModelSettings(
        Optional<Path> twelveLead,
        Optional<Path> singleLead,
        boolean demonstration,
        InferenceConfig inference,
        MainsFrequency mains) {
    ModelSettings {
        boolean given = twelveLead.isPresent() || singleLead.isPresent();
        if (given && demonstration) {
            throw new IllegalArgumentException(
                    "demonstration=true and a model of one's own exclude one another: set either demonstration, or"
                            + " twelveLeadModel and singleLeadModel");
        }
        if (!given && !demonstration) {
            throw new IllegalArgumentException("no model: set twelveLeadModel, singleLeadModel or both to files with"
                    + " weights, or an interpreter bean, or demonstration=true for the bundled demonstration weights,"
                    + " which are not for clinical use");
        }
    }

    static ModelSettings of(EcgFounderConfiguration options) {
        return new ModelSettings(
                Optional.ofNullable(options.getTwelveLeadModel()).map(Path::of),
                Optional.ofNullable(options.getSingleLeadModel()).map(Path::of),
                options.isDemonstration(),
                new InferenceConfig(
                        options.getEngine(),
                        options.getDevice(),
                        options.getThreads(),
                        precision(options.getPrecision())),
                MainsFrequency.ofHertz(options.getMains()));
    }

    private static Precision precision(String name) {
        return Precision.of(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "precision must be one of " + Precision.names() + ", was '" + name + "'"));
    }

    /** Loads the networks; if one fails, none stays loaded. */
    List<LoadedModel> load() {
        List<LoadedModel> loaded = new ArrayList<>();
        try {
            if (demonstration) {
                loaded.add(EcgModels.demonstration(12, inference));
                loaded.add(EcgModels.demonstration(1, inference));
            }
            twelveLead.ifPresent(file -> loaded.add(checked(EcgModels.load(file, inference), file, 12)));
            singleLead.ifPresent(file -> loaded.add(checked(EcgModels.load(file, inference), file, 1)));
            return loaded;
        } catch (RuntimeException e) {
            loaded.forEach(LoadedModel::close);
            throw e;
        }
    }

    private static LoadedModel checked(LoadedModel model, Path file, int leads) {
        int found = model.model().description().leads();
        if (found == leads) {
            return model;
        }
        model.close();
        throw new IllegalArgumentException((leads == 12 ? "twelveLeadModel" : "singleLeadModel") + ": '" + file
                + "' takes " + found + " leads, expected " + leads);
    }
}
