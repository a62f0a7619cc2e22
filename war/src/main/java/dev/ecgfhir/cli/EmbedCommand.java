package dev.ecgfhir.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ecgfhir.fhir.file.FileEntry;
import dev.ecgfhir.fhir.file.RecordingFiles;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.pipeline.EcgInterpreter;
import dev.ecgfhir.pipeline.Embedding;
import dev.ecgfhir.pipeline.Interpreter;
import dev.ecgfhir.terminology.Terminology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Writes the network's features of each ECG in some files. */
@Command(
        name = "embed",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the features of each 10 s window of the ECGs: what the network makes of it before its last layer.",
            "Without --model the bundled demonstration weights are used: not ECGFounder, not validated, not for patients."
        })
final class EmbedCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "FHIR Observation or Bundle (JSON or XML), NDJSON, or WFDB header (.hea).")
    private List<Path> files = List.of();

    @Option(
            names = "--output",
            paramLabel = "X.npy",
            required = true,
            description = "float32 [windows][features]; X.jsonl beside it says which window each row is.")
    private Path output = Path.of("");

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "Checkpoint (.pth or .safetensors); once for 12 leads, once for lead I.")
    private List<Path> checkpoints = List.of();

    @Option(names = "--json", description = "One line of JSON for each ECG, in the order of the files.")
    private boolean json;

    @Mixin
    private Mains mains = new Mains();

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Spec
    private @Nullable CommandSpec spec;

    EmbedCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        outputProblem().ifPresent(this::wrongUsage);
        try (GivenModels models = GivenModels.load(checkpoints)) {
            models.problem().or(models::featuresProblem).ifPresent(this::wrongUsage);
            if (models.demonstration()) {
                console.message(GivenModels.DEMONSTRATION_WARNING);
            }
            EcgInterpreter interpreter =
                    new EcgInterpreter(models.loaded(), new Preprocessing(mains.frequency()), Terminology.labelMap());
            try (EmbeddingFiles written = EmbeddingFiles.open(output, models.features())) {
                Tally tally = embed(interpreter, written);
                written.finish();
                console.message(tally.text("embedded") + "; " + written.rows()
                        + (written.rows() == 1 ? " row" : " rows") + " in " + output);
                return tally.exitCode();
            }
        }
    }

    private Tally embed(Interpreter interpreter, EmbeddingFiles written) throws IOException {
        RecordingFiles reader = new RecordingFiles(reading.options());
        Tally tally = new Tally();
        for (Path file : files) {
            try (Stream<FileEntry> entries = reader.open(file)) {
                for (FileEntry entry : (Iterable<FileEntry>) entries::iterator) {
                    Ecg ecg = Ecg.interpreted(entry, interpreter);
                    tally.add(ecg);
                    Optional<Embedding> embedding = ecg.interpretation().map(Embedding::of);
                    long first = written.rows();
                    if (embedding.isPresent()) {
                        written.append(ecg, embedding.get());
                    }
                    print(ecg, embedding, first);
                }
            }
        }
        return tally;
    }

    private void print(Ecg ecg, Optional<Embedding> embedding, long firstRow) {
        if (json) {
            ObjectNode line = EcgJson.inspected(ecg);
            embedding.ifPresent(found -> {
                line.put("modelHash", found.model().hash());
                line.put("demonstration", found.model().demonstration());
                line.put("windows", found.windows());
                line.put("firstRow", firstRow);
            });
            console.json(line);
        } else if (embedding.isEmpty()) {
            EcgText.inspected(ecg).forEach(console::line);
        }
    }

    private Optional<String> outputProblem() {
        if (!output.toString().endsWith(".npy")) {
            return Optional.of("--output: the name must end in .npy, was '" + output + "'");
        }
        Path folder = output.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return Optional.of("--output: the directory of '" + output + "' is not there");
        }
        return Optional.empty();
    }

    private void wrongUsage(String problem) {
        if (spec == null) {
            throw new IllegalArgumentException(problem);
        }
        throw new ParameterException(spec.commandLine(), problem);
    }
}
