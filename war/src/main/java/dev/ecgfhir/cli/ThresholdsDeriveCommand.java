package dev.ecgfhir.cli;

import dev.ecgfhir.fhir.file.FileEntry;
import dev.ecgfhir.fhir.file.RecordingFiles;
import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.Label;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.ModelDescription;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.inference.training.DerivationOptions;
import dev.ecgfhir.inference.training.DerivedThreshold;
import dev.ecgfhir.inference.training.DerivedThreshold.Outcome;
import dev.ecgfhir.inference.training.ThresholdDerivation;
import dev.ecgfhir.inference.training.ThresholdTable;
import dev.ecgfhir.pipeline.EcgInterpreter;
import dev.ecgfhir.terminology.Terminology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Derives a table of thresholds from labelled recordings. */
@Command(
        name = "derive",
        mixinStandardHelpOptions = true,
        description = {
            "Derives for each label the threshold of the highest Youden index (that is, of the highest balanced accuracy) from recordings"
                    + " whose labels are known, with 95 %% intervals by bootstrap over patients.",
            "A label that too few patients have, or that is not surely better than chance, keeps the threshold it had, and is listed."
        })
final class ThresholdsDeriveCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "FHIR Observation or Bundle (JSON or XML), NDJSON, or WFDB header (.hea).")
    private List<Path> files = List.of();

    @Option(names = "--model", paramLabel = "FILE", required = true, description = "Checkpoint (.pth or .safetensors).")
    private Path checkpoint = Path.of("");

    @Option(
            names = "--labels",
            paramLabel = "CSV",
            required = true,
            description = "Columns file and labels (separated by ;), and where wanted resource, patient, unknown.")
    private Path labels = Path.of("");

    @Option(names = "--output", paramLabel = "FILE", required = true, description = "The table; must not be there yet.")
    private Path output = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "VERSION",
            description = "Names the table in reports; by default the day and the seed.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the random numbers; by default drawn and told.")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--min-positives",
            paramLabel = "N",
            defaultValue = "20",
            description = "Fewest patients with, and without, a label (default: ${DEFAULT-VALUE}).")
    private int leastPatients = 20;

    @Option(
            names = "--bootstrap",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Draws (default: ${DEFAULT-VALUE}).")
    private int draws = 1000;

    @Option(names = "--calibrate", description = "Also fits a curve from score to probability (Platt).")
    private boolean calibrate;

    @Option(
            names = "--grey-zone",
            description = "Calls scores below the threshold and within its interval indeterminate, not negative.")
    private boolean greyZone;

    @Option(
            names = "--seen-in-training",
            description = "Says that the model saw these recordings in training: nothing is called validated then.")
    private boolean seenInTraining;

    @Option(names = "--json", description = "The result as one line of JSON.")
    private boolean json;

    @Mixin
    private Mains mains = new Mains();

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Spec
    private @Nullable CommandSpec spec;

    ThresholdsDeriveCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        checkOutput();
        long number = seed.orElseGet(() -> (long) new SecureRandom().nextInt(1_000_000));
        try (LoadedModel model = EcgModels.load(checkpoint, InferenceConfig.defaults())) {
            ModelDescription description = model.model().description();
            boolean seen = seenInTraining || description.demonstration();
            DerivationOptions options = options(number, seen);
            String version = name.orElse("derived-" + LocalDate.now(ZoneOffset.UTC) + "-seed-" + number);
            if (!version.matches("[A-Za-z0-9._-]{1,100}")) {
                wrongUsage(
                        "--name must be 1 to 100 letters, digits, dots, dashes or underscores, was '" + version + "'");
            }
            LabelFile known = LabelFile.read(
                    labels, description.labels().stream().map(Label::name).collect(Collectors.toSet()));
            DerivationReport report = new DerivationReport(console, description, version, options);
            LabelledEcgs ecgs = score(model, known, report);
            if (ecgs.size() == 0) {
                console.message("ecgfhir: no recording could be used, so nothing was derived and nothing written");
                return ExitCode.FAILED;
            }
            console.message("seed " + number + ", " + options.draws() + " draws, " + ecgs.size() + " recordings");
            ThresholdDerivation derivation = new ThresholdDerivation(options);
            List<DerivedThreshold> derived = description.labels().stream()
                    .map(label -> derivation.derive(model.thresholds().rule(label.index()), ecgs.of(label)))
                    .toList();
            report.print(derived, ecgs.size(), json);
            if (derived.stream().noneMatch(label -> label.outcome() == Outcome.DERIVED)) {
                console.message(
                        "ecgfhir: no label has what a threshold needs, so nothing was written; --min-positives is "
                                + leastPatients);
                return ExitCode.FAILED;
            }
            Files.writeString(
                    output,
                    ThresholdTable.text(version, description.hash(), report.notes(ecgs.size()), derived),
                    StandardCharsets.UTF_8);
            console.message("written to " + output);
            return report.exitCode();
        }
    }

    private LabelledEcgs score(LoadedModel model, LabelFile known, DerivationReport report) {
        EcgInterpreter interpreter =
                new EcgInterpreter(List.of(model), new Preprocessing(mains.frequency()), Terminology.labelMap());
        RecordingFiles reader = new RecordingFiles(reading.options());
        LabelledEcgs ecgs = new LabelledEcgs();
        for (Path file : files) {
            try (Stream<FileEntry> entries = reader.open(file)) {
                entries.map(entry -> Ecg.interpreted(entry, interpreter)).forEach(ecg -> {
                    Optional<LabelFile.Row> row = known.find(ecg);
                    if (ecg.interpretation().isEmpty()) {
                        report.unused(ecg);
                    } else if (row.isEmpty()) {
                        report.unlabelled(ecg);
                    } else {
                        ecgs.add(ecg.interpretation().get().scores(), row.get());
                    }
                });
            }
        }
        return ecgs;
    }

    private DerivationOptions options(long number, boolean seen) {
        try {
            return new DerivationOptions(leastPatients, draws, number, calibrate, greyZone, seen);
        } catch (IllegalArgumentException e) {
            wrongUsage(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private void checkOutput() {
        Path folder = output.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            wrongUsage("--output: the directory of '" + output + "' is not there");
        }
        if (Files.exists(output)) {
            wrongUsage("--output: '" + output + "' is there already; a table in use is never overwritten");
        }
    }

    private void wrongUsage(String problem) {
        if (spec == null) {
            throw new IllegalArgumentException(problem);
        }
        throw new ParameterException(spec.commandLine(), problem);
    }
}
