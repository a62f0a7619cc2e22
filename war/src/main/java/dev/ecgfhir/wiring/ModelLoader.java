package dev.ecgfhir.wiring;

import dev.ecgfhir.config.ConfigurationException;
import dev.ecgfhir.config.ModelSettings;
import dev.ecgfhir.config.Settings;
import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.EngineException.Reason;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.ThresholdsException;
import dev.ecgfhir.inference.ThresholdsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Loads the networks that the settings name; each mistake is a line, as with other settings. */
final class ModelLoader {
    private static final String IN_USE =
            "PyTorch's native library belongs to an earlier deployment in this JVM. Restart the container,"
                    + " or put DJL into its shared loader; docs/deployment.md says how.";

    private final Settings settings;
    private final List<String> problems = new ArrayList<>();
    private final List<LoadedModel> loaded = new ArrayList<>();

    private ModelLoader(Settings settings) {
        this.settings = settings;
    }

    /**
     * Loads.
     *
     * @param ownServer true if this program is the server: then an engine that is not there stops the start. In a servlet container
     *     it leaves the rest running
     * @throws ConfigurationException if a model, a table of thresholds or the device cannot be used
     */
    static Models load(Settings settings, boolean ownServer) {
        ModelLoader loader = new ModelLoader(settings);
        try {
            loader.load();
        } catch (EngineException e) {
            if (ownServer || !outOfReach(e.reason())) {
                throw loader.failure(List.of("ecgfhir.inference: " + e.getMessage()));
            }
            return loader.unavailable(
                    e.reason(), e.reason() == Reason.NATIVE_LIBRARY_IN_USE ? IN_USE : String.valueOf(e.getMessage()));
        } catch (LinkageError e) {
            if (ownServer) {
                throw e;
            }
            return loader.unavailable(Reason.NATIVE_LIBRARY_IN_USE, IN_USE);
        }
        if (!loader.problems.isEmpty()) {
            throw loader.failure(loader.problems);
        }
        return Models.of(loader.loaded);
    }

    private static boolean outOfReach(Reason reason) {
        return reason == Reason.NATIVE_LIBRARY_IN_USE || reason == Reason.ENGINE_UNAVAILABLE;
    }

    private void load() {
        ModelSettings model = settings.model();
        if (model.demonstration()) {
            add("ecgfhir.model.demonstration", 12, () -> EcgModels.demonstration(12, settings.inference()));
            add("ecgfhir.model.demonstration", 1, () -> EcgModels.demonstration(1, settings.inference()));
        }
        model.twelveLead().ifPresent(file -> add("ecgfhir.model.twelve-lead", 12, () -> read(file)));
        model.singleLead().ifPresent(file -> add("ecgfhir.model.single-lead", 1, () -> read(file)));
        model.twelveLeadThresholds().ifPresent(file -> decideBy(file, 12, "ecgfhir.model.twelve-lead-thresholds"));
        model.singleLeadThresholds().ifPresent(file -> decideBy(file, 1, "ecgfhir.model.single-lead-thresholds"));
    }

    /** Gives the model for some leads a table of thresholds; if it could not be loaded, that is told already. */
    private void decideBy(Path file, int leads, String key) {
        for (int i = 0; i < loaded.size(); i++) {
            LoadedModel model = loaded.get(i);
            if (model.model().description().leads() == leads) {
                try {
                    loaded.set(
                            i,
                            model.with(ThresholdsFile.read(file, model.model().description())));
                } catch (ThresholdsException e) {
                    problems.add(key + ": " + e.getMessage());
                }
            }
        }
    }

    private LoadedModel read(Path file) {
        return EcgModels.load(file, settings.inference());
    }

    private void add(String key, int leads, Supplier<LoadedModel> load) {
        try {
            LoadedModel model = load.get();
            loaded.add(model);
            int found = model.model().description().leads();
            if (found != leads) {
                problems.add(key + " must be a network for " + leads + (leads == 1 ? " lead" : " leads")
                        + "; this one takes " + found);
            }
        } catch (CheckpointException | ThresholdsException e) {
            problems.add(key + ": " + e.getMessage());
        }
    }

    private ConfigurationException failure(List<String> lines) {
        loaded.forEach(LoadedModel::close);
        return new ConfigurationException(lines);
    }

    private Models unavailable(Reason reason, String detail) {
        loaded.forEach(LoadedModel::close);
        return Models.unavailable(reason, detail);
    }
}
