package dev.ecgfhir.inference;

import dev.ecgfhir.inference.ModelDescription.Stage;
import dev.ecgfhir.inference.Thresholds.Rule;
import dev.ecgfhir.inference.checkpoint.Architecture;
import dev.ecgfhir.inference.checkpoint.CheckpointReader;
import dev.ecgfhir.inference.checkpoint.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Loads models. Stateless and safe for concurrent callers. */
public final class EcgModels {
    private static final double DEFAULT_THRESHOLD = 0.5;
    private static final String DEFAULT_VERSION = "default-0.5";

    private EcgModels() {}

    /**
     * Loads a checkpoint and the thresholds that belong to it.
     *
     * <p>Thresholds: the bundled table if these are the demonstration weights; else {@code NAME.thresholds.csv} beside
     * {@code NAME.pth} if it exists, which is refused if it names another model; else 0.5 for every label, not validated, version {@code default-0.5}.
     *
     * @param checkpoint {@code .pth} (zip or legacy form) or {@code .safetensors}
     * @param config engine, device and threads
     * @return the model; the caller closes it
     * @throws CheckpointException if the file is no network of this kind
     * @throws ThresholdsException if the table of thresholds has mistakes
     * @throws EngineException if the engine, the device or the precision is not there, or does not reproduce a known answer
     */
    public static LoadedModel load(Path checkpoint, InferenceConfig config) {
        Engines.check(config);
        Network network = CheckpointReader.read(checkpoint);
        ModelDescription description = describe(network).in(config.precision());
        Thresholds thresholds = thresholds(checkpoint, description);
        return new LoadedModel(Engines.start(network, description, config), thresholds);
    }

    /**
     * Loads the bundled demonstration weights. They are not ECGFounder and not validated; most of their outputs are not assessed.
     *
     * @param leads 12 or 1
     * @param config engine, device and threads
     * @return the model; the caller closes it
     * @throws EngineException if the engine or the device is not there
     */
    public static LoadedModel demonstration(int leads, InferenceConfig config) {
        Demonstration demonstration = Demonstration.of(leads);
        try {
            Path copy = demonstration.copy();
            try {
                LoadedModel loaded = load(copy, config);
                if (!loaded.model().description().sha256().equals(demonstration.sha256())) {
                    loaded.close();
                    throw new IllegalStateException("the bundled weights for " + leads + " leads were altered");
                }
                return loaded;
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy the demonstration weights to a temporary file", e);
        }
    }

    /**
     * Tells what a checkpoint is, after the same checks as {@link #load}. Needs no engine.
     *
     * @param checkpoint {@code .pth} (zip or legacy form) or {@code .safetensors}
     * @return the description
     * @throws CheckpointException if the file is no network of this kind
     */
    public static ModelDescription describe(Path checkpoint) {
        return describe(CheckpointReader.read(checkpoint));
    }

    static ModelDescription describe(Network network) {
        Architecture architecture = network.architecture();
        List<Stage> stages = architecture.stages().stream()
                .map(stage ->
                        new Stage(stage.filters(), stage.blocks(), architecture.groupWidth(), architecture.kernel()))
                .toList();
        return new ModelDescription(
                architecture.leads(),
                Labels.of(architecture.labels()),
                architecture.features(),
                network.usedWeights(),
                network.unusedWeights(),
                stages,
                network.sha256(),
                Demonstration.withHash(network.sha256()).isPresent());
    }

    private static Thresholds thresholds(Path checkpoint, ModelDescription description) {
        Optional<Demonstration> demonstration = Demonstration.withHash(description.sha256());
        if (demonstration.isPresent()) {
            return demonstration.get().thresholds(description.labels());
        }
        Path beside = thresholdsFile(checkpoint);
        if (Files.exists(beside)) {
            return ThresholdsReader.read(beside.toString(), ThresholdsFile.text(beside), description, false);
        }
        return Thresholds.of(
                DEFAULT_VERSION,
                description.labels().stream()
                        .map(label -> new Rule(label, true, true, DEFAULT_THRESHOLD, false))
                        .toList());
    }

    private static Path thresholdsFile(Path checkpoint) {
        String name = String.valueOf(checkpoint.getFileName());
        int dot = name.lastIndexOf('.');
        return checkpoint.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".thresholds.csv");
    }
}
