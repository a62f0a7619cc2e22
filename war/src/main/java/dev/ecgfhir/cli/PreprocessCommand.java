package dev.ecgfhir.cli;

import dev.ecgfhir.inference.npy.NpyArray;
import dev.ecgfhir.inference.npy.NpyFile;
import dev.ecgfhir.inference.signal.FilterChain;
import dev.ecgfhir.inference.signal.FilterStage;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.inference.signal.ReferenceStage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Filters a recording as the network wants it. */
@Command(
        name = "preprocess",
        mixinStandardHelpOptions = true,
        description = "Filters a recording; writes the windows that the network reads, or a stage before them.")
final class PreprocessCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--input",
            paramLabel = "X.npy",
            required = true,
            description = "float64 [leads][samples], millivolts; NaN where nothing was measured.")
    private Path input = Path.of("");

    @Option(
            names = "--sampling-frequency",
            paramLabel = "HZ",
            required = true,
            description = "Samples a second, above 100 (60 Hz mains: 120) and up to 2000.")
    private double samplingFrequency;

    @Option(names = "--output", paramLabel = "Y.npy", required = true, description = "float64 result.")
    private Path output = Path.of("");

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            description = {
                "${COMPLETION-CANDIDATES} (default windows).",
                "windows: [windows][leads][5000] at 500 Hz, one z-score each; the others: [leads][samples] at the"
                        + " recording's own rate."
            })
    private @Nullable Stage stage;

    @Mixin
    private Mains mains = new Mains();

    @Option(
            names = "--reference",
            paramLabel = "STAGE",
            description = "The public reference's own order and stretching instead: ${COMPLETION-CANDIDATES}.")
    private @Nullable Reference reference;

    @Spec
    private @Nullable CommandSpec spec;

    PreprocessCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, RefusedInput {
        checkUsage();
        double[][] millivolts = InputArrays.read(input, 2).rows();
        NpyArray result;
        try {
            result = preprocess(millivolts);
        } catch (IllegalArgumentException e) { // too short, or an infinite sample: the message names the lead
            throw new RefusedInput(input + ": " + e.getMessage(), e);
        }
        NpyFile.write(output, result);
        console.message(output + " has shape " + Arrays.toString(result.shape()));
        return ExitCode.DONE;
    }

    private NpyArray preprocess(double[][] millivolts) {
        if (reference != null) {
            return NpyArray.ofRows(reference.stage.apply(millivolts, samplingFrequency, mains.frequency()));
        }
        if (stage != null && stage != Stage.windows) {
            return NpyArray.ofRows(
                    FilterChain.of(samplingFrequency, mains.frequency()).apply(stage.filter(), millivolts));
        }
        double[] frequencies = new double[millivolts.length];
        Arrays.fill(frequencies, samplingFrequency);
        double[][][] windows = new Preprocessing(mains.frequency()).windows(millivolts, frequencies);
        double[] values = Arrays.stream(windows)
                .flatMap(Arrays::stream)
                .flatMapToDouble(Arrays::stream)
                .toArray();
        return NpyArray.ofDoubles(values, windows.length, millivolts.length, Preprocessing.WINDOW_SAMPLES);
    }

    private void checkUsage() {
        if (stage != null && reference != null) {
            throw wrongUsage("--stage and --reference exclude each other");
        }
        boolean unfiltered = reference == Reference.ptbxl && samplingFrequency > 0;
        if (!unfiltered && !FilterChain.accepts(samplingFrequency, mains.frequency())) {
            throw wrongUsage("--sampling-frequency must be above " + FilterChain.minimumHertz(mains.frequency())
                    + " and at most " + FilterChain.MAXIMUM_HERTZ + " with "
                    + mains.frequency().hertz() + " Hz mains, was " + samplingFrequency);
        }
    }

    private RuntimeException wrongUsage(String problem) {
        return spec == null ? new IllegalStateException(problem) : new ParameterException(spec.commandLine(), problem);
    }

    /** Values of {@code --stage}, spelled as users write them. */
    enum Stage {
        clean,
        notch,
        bandpass,
        baseline,
        filtered,
        zscore,
        windows;

        FilterStage filter() {
            return FilterStage.valueOf(name().toUpperCase(Locale.ROOT));
        }
    }

    /** Values of {@code --reference}, spelled as users write them. */
    enum Reference {
        zscore(ReferenceStage.ZSCORE),
        zscore_then_resample(ReferenceStage.ZSCORE_THEN_RESAMPLE),
        resample_then_zscore(ReferenceStage.RESAMPLE_THEN_ZSCORE),
        ptbxl(ReferenceStage.PTBXL);

        private final ReferenceStage stage;

        Reference(ReferenceStage stage) {
            this.stage = stage;
        }
    }
}
