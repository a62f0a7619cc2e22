package dev.ecgfhir.cli;

import dev.ecgfhir.inference.EcgModel;
import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.Scores;
import dev.ecgfhir.inference.npy.NpyArray;
import dev.ecgfhir.inference.npy.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a network on windows that are already preprocessed. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs the network on preprocessed windows; writes logits.npy, scores.npy and features.npy.")
final class ModelRunCommand implements Callable<Integer> {
    /** Windows in one forward pass; bounds the memory whatever the file holds. */
    private static final int WINDOWS_PER_PASS = 8;

    private final Console console;

    @Option(names = "--model", paramLabel = "FILE", required = true, description = "Checkpoint (.pth or .safetensors).")
    private Path checkpoint = Path.of("");

    @Option(
            names = "--input",
            paramLabel = "X.npy",
            required = true,
            description = "float32 [leads][samples] or [batch][leads][samples], preprocessed, any number of samples.")
    private Path input = Path.of("");

    @Option(
            names = "--output",
            paramLabel = "DIR",
            required = true,
            description = "Directory for the results, each float32 [batch][...]; made if it is not there.")
    private Path output = Path.of("");

    @Mixin
    private PrecisionOption precision = new PrecisionOption();

    ModelRunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, RefusedInput {
        NpyArray array = InputArrays.read(input, 2, 3);
        try (LoadedModel loaded =
                EcgModels.load(checkpoint, InferenceConfig.defaults().in(precision.chosen()))) {
            EcgModel model = loaded.model();
            List<Scores> scores =
                    score(model, windows(array, model.description().leads()));
            Files.createDirectories(output);
            write("logits.npy", scores, Scores::logits);
            write("scores.npy", scores, Scores::scores);
            write("features.npy", scores, Scores::features);
            console.message(
                    scores.size() + (scores.size() == 1 ? " window" : " windows") + " scored by " + model.engine());
        }
        return ExitCode.DONE;
    }

    private List<ModelInput> windows(NpyArray array, int leads) throws RefusedInput {
        int[] shape = array.shape();
        int samples = shape[shape.length - 1];
        int found = shape[shape.length - 2];
        if (found != leads) {
            throw new RefusedInput(input + ": has shape " + Arrays.toString(shape) + ", that is " + found
                    + " leads; the model takes " + leads);
        }
        float[] values = array.floats();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new RefusedInput(input + ": value " + i + " in C order is " + values[i]
                        + "; the network takes finite numbers only");
            }
        }
        List<ModelInput> windows = new ArrayList<>();
        for (int from = 0; from < values.length; from += leads * samples) {
            float[][] window = new float[leads][];
            for (int lead = 0; lead < leads; lead++) {
                window[lead] = Arrays.copyOfRange(values, from + lead * samples, from + (lead + 1) * samples);
            }
            windows.add(ModelInput.of(window));
        }
        return windows;
    }

    private static List<Scores> score(EcgModel model, List<ModelInput> windows) {
        List<Scores> scores = new ArrayList<>(windows.size());
        for (int from = 0; from < windows.size(); from += WINDOWS_PER_PASS) {
            scores.addAll(model.score(windows.subList(from, Math.min(from + WINDOWS_PER_PASS, windows.size()))));
        }
        return scores;
    }

    private void write(String name, List<Scores> scores, Function<Scores, float[]> part) throws IOException {
        int width = part.apply(scores.get(0)).length;
        float[] values = new float[scores.size() * width];
        for (int i = 0; i < scores.size(); i++) {
            System.arraycopy(part.apply(scores.get(i)), 0, values, i * width, width);
        }
        NpyFile.write(output.resolve(name), NpyArray.ofFloats(values, scores.size(), width));
    }
}
