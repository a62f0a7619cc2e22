package dev.ecgfhir.cli;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ecgfhir.config.Product;
import dev.ecgfhir.fhir.file.FileEntry;
import dev.ecgfhir.fhir.file.RecordingFiles;
import dev.ecgfhir.fhir.report.ReportOptions;
import dev.ecgfhir.fhir.report.ReportWriter;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.pipeline.EcgInterpreter;
import dev.ecgfhir.pipeline.Interpretation;
import dev.ecgfhir.pipeline.InversionCheck;
import dev.ecgfhir.pipeline.ReportContents;
import dev.ecgfhir.terminology.LabelMap;
import dev.ecgfhir.terminology.Terminology;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads each ECG in some files with the network. */
@Command(
        name = "interpret",
        mixinStandardHelpOptions = true,
        description = {
            "Reads each ECG in the files with the network.",
            "Without --model the bundled demonstration weights are used: not ECGFounder, not validated, not for patients."
        })
final class InterpretCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "FHIR Observation or Bundle (JSON or XML), NDJSON, or WFDB header (.hea).")
    private List<Path> files = List.of();

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "Checkpoint (.pth or .safetensors); once for 12 leads, once for lead I.")
    private List<Path> checkpoints = List.of();

    @Option(
            names = "--thresholds",
            paramLabel = "FILE",
            description =
                    "Table of thresholds, made for one of the models by 'thresholds derive'; once for each model.")
    private List<Path> thresholds = List.of();

    @Option(names = "--json", description = "One line of JSON for each ECG, in the order of the files.")
    private boolean json;

    @Option(
            names = "--report",
            description = "Adds the FHIR transaction Bundle that would be delivered; implies --json.")
    private boolean report;

    @Option(
            names = "--inversion-check",
            description =
                    "Adds the scores of lead I turned upside down where the 1-lead model read it; changes nothing else.")
    private boolean inversionCheck;

    @Mixin
    private Mains mains = new Mains();

    @Mixin
    private PrecisionOption precision = new PrecisionOption();

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Spec
    private @Nullable CommandSpec spec;

    InterpretCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        LabelMap labels = Terminology.labelMap();
        try (GivenModels given = GivenModels.load(checkpoints, precision.chosen())) {
            given.problem().ifPresent(this::wrongUsage);
            GivenModels models = given.with(thresholds);
            if (models.demonstration()) {
                console.message(GivenModels.DEMONSTRATION_WARNING);
            }
            EcgInterpreter interpreter =
                    new EcgInterpreter(models.loaded(), new Preprocessing(mains.frequency()), labels);
            Optional<ReportWriter> writer = report
                    ? Optional.of(new ReportWriter(FhirContext.forR4Cached(), ReportOptions.defaults()))
                    : Optional.empty();
            Optional<InversionCheck> inversion =
                    inversionCheck ? Optional.of(new InversionCheck(interpreter)) : Optional.empty();
            RecordingFiles reader = new RecordingFiles(reading.options());
            Tally tally = new Tally();
            for (Path file : files) {
                try (Stream<FileEntry> entries = reader.open(file)) {
                    entries.map(entry -> Ecg.interpreted(entry, interpreter)).forEach(ecg -> {
                        tally.add(ecg);
                        print(ecg, writer, inversion, labels);
                    });
                }
            }
            if (!json && !report) {
                console.message(tally.text("interpreted"));
            }
            return tally.exitCode();
        }
    }

    private void print(Ecg ecg, Optional<ReportWriter> writer, Optional<InversionCheck> inversion, LabelMap labels) {
        Optional<double[]> inverted =
                inversion.flatMap(check -> ecg.interpretation().flatMap(check::scores));
        if (!json && !report) {
            EcgText.interpreted(ecg).forEach(console::line);
            inverted.ifPresent(scores -> ecg.interpretation()
                    .ifPresent(found -> EcgText.inverted(found, scores).forEach(console::line)));
            return;
        }
        ObjectNode line = EcgJson.interpreted(ecg);
        inverted.ifPresent(scores ->
                ecg.interpretation().ifPresent(found -> line.set("invertedScores", EcgJson.scores(found, scores))));
        if (writer.isPresent() && ecg.interpretation().isPresent()) {
            Interpretation interpretation = ecg.interpretation().get();
            line.set(
                    "bundle",
                    console.parse(writer.get()
                            .json(
                                    ReportContents.of(interpretation, labels, Product.version(), Instant.now()),
                                    Optional.empty())));
        }
        console.json(line);
    }

    private void wrongUsage(String problem) {
        if (spec == null) {
            throw new IllegalArgumentException(problem);
        }
        throw new ParameterException(spec.commandLine(), problem);
    }
}
