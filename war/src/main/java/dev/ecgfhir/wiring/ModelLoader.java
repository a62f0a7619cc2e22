package dev.ecgfhir.wiring;

import dev.ecgfhir.config.ConfigurationException;
import dev.ecgfhir.config.ModelSettings;
import dev.ecgfhir.config.Settings;
import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.EngineException.Reason;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.ThresholdsException;
import dev.ecgfhir.inference.ThresholdsFile;
import dev.ecgfhir.pipeline.ModelRoster;
import dev.ecgfhir.terminology.ConceptScope;
import dev.ecgfhir.terminology.LabelMap;
import dev.ecgfhir.terminology.SiteOverlay;
import dev.ecgfhir.terminology.Terminology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Loads the networks that the settings name; each mistake is a line, as with other settings. */
final class ModelLoader {
    private static final String IN_USE =
            "PyTorch's native library belongs to an earlier deployment in this JVM. Restart the container,"
                    + " or put DJL into its shared loader; docs/deployment.md says how.";

    private final Settings settings;
    private final LabelMap labels;
    private final ModelMeters meters = new ModelMeters();
    private final ModelStarter starter;
    private final ModelRoster roster;
    private final List<String> problems = new ArrayList<>();

    private ModelLoader(Settings settings, SiteOverlay overlay) {
        this.settings = settings;
        this.labels = overlay.over(Terminology.labelMap(
                settings.globalPatientSetOnly() ? ConceptScope.GLOBAL_PATIENT_SET : ConceptScope.ALL));
        this.starter = new ModelStarter(settings, meters);
        this.roster = new ModelRoster(labels);
    }

    /**
     * Loads.
     *
     * @param overlay what the site changes in the terminology
     * @param ownServer true if this program is the server: then an engine that is not there stops the start. In a servlet container
     *     it leaves the rest running
     * @throws ConfigurationException if a model, a table of thresholds or the device cannot be used
     */
    static Models load(Settings settings, SiteOverlay overlay, boolean ownServer) {
        ModelLoader loader = new ModelLoader(settings, overlay);
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
        return Models.of(loader.roster, loader.starter, loader.meters);
    }

    private static boolean outOfReach(Reason reason) {
        return reason == Reason.NATIVE_LIBRARY_IN_USE || reason == Reason.ENGINE_UNAVAILABLE;
    }

    private void load() {
        ModelSettings model = settings.model();
        if (model.demonstration()) {
            String key = "ecgfhir.model.demonstration";
            add(key, ModelRoster.TWELVE_LEAD, model.twelveLeadThresholds(), name -> starter.demonstration(name, 12));
            add(key, ModelRoster.SINGLE_LEAD, model.singleLeadThresholds(), name -> starter.demonstration(name, 1));
        }
        add("ecgfhir.model.twelve-lead", ModelRoster.TWELVE_LEAD, model.twelveLead(), model.twelveLeadThresholds());
        add("ecgfhir.model.single-lead", ModelRoster.SINGLE_LEAD, model.singleLead(), model.singleLeadThresholds());
        model.others()
                .forEach(other -> add(
                        "ecgfhir.models." + other.name() + ".file",
                        other.name(),
                        Optional.of(other.file()),
                        Optional.empty()));
    }

    private void add(String key, String name, Optional<Path> file, Optional<Path> thresholds) {
        file.ifPresent(checkpoint -> add(key, name, thresholds, any -> starter.start(any, checkpoint)));
    }

    private void add(String key, String name, Optional<Path> thresholds, Function<String, LoadedModel> start) {
        try {
            LoadedModel model = start.apply(name);
            try {
                roster.add(name, thresholds.isPresent() ? decidedBy(thresholds.get(), name, model) : model);
            } catch (IllegalArgumentException e) {
                model.close();
                problems.add(key + ": " + e.getMessage());
            }
        } catch (CheckpointException | ThresholdsException e) {
            problems.add(key + ": " + e.getMessage());
        }
    }

    private LoadedModel decidedBy(Path thresholds, String name, LoadedModel model) {
        try {
            return model.with(ThresholdsFile.read(thresholds, model.model().description()));
        } catch (ThresholdsException e) {
            problems.add("ecgfhir.model." + name + "-thresholds: " + e.getMessage());
            return model;
        }
    }

    private ConfigurationException failure(List<String> lines) {
        roster.close();
        return new ConfigurationException(lines);
    }

    private Models unavailable(Reason reason, String detail) {
        roster.close();
        return Models.unavailable(reason, detail, labels, starter, meters);
    }
}
