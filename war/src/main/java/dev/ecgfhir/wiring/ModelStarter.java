package dev.ecgfhir.wiring;

import dev.ecgfhir.config.Settings;
import dev.ecgfhir.inference.EcgModel;
import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.batching.BatchingModel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Starts networks as the settings say, with a queue in front of each. Safe for concurrent callers. */
final class ModelStarter {
    private final Settings settings;
    private final ModelMeters meters;

    ModelStarter(Settings settings, ModelMeters meters) {
        this.settings = settings;
        this.meters = meters;
    }

    /** Starts the network of a checkpoint. */
    LoadedModel start(String name, Path file) {
        return start(name, config -> EcgModels.load(file, config));
    }

    /** Starts the demonstration network for that many leads. */
    LoadedModel demonstration(String name, int leads) {
        return start(name, config -> EcgModels.demonstration(leads, config));
    }

    private LoadedModel start(String name, Function<InferenceConfig, LoadedModel> load) {
        InferenceConfig config = settings.inference();
        LoadedModel loaded = load.apply(config);
        boolean canBeLost = loaded.model().preference().gains(); // a GPU; there is nothing to fall back to from a CPU
        Optional<Supplier<EcgModel>> onCpu = settings.serving().cpuFallback() && canBeLost
                ? Optional.of(() -> load.apply(config.on("cpu")).model())
                : Optional.empty();
        return new LoadedModel(
                BatchingModel.start(loaded.model(), settings.serving().batching(), onCpu, meters.of(name)),
                loaded.thresholds());
    }
}
