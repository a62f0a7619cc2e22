package dev.ecgfhir.parity;

import dev.ecgfhir.fhir.file.FileEntry;
import dev.ecgfhir.fhir.file.RecordingFiles;
import dev.ecgfhir.fhir.recording.ReadOptions;
import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.signal.MainsFrequency;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.pipeline.EcgInterpreter;
import dev.ecgfhir.pipeline.Interpretation;
import dev.ecgfhir.pipeline.Outcome;
import dev.ecgfhir.terminology.Terminology;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads ECG files and interprets them with the demonstration weights, as the product does. */
final class DemonstrationReading implements AutoCloseable {
    private final RecordingFiles files = new RecordingFiles(ReadOptions.defaults());
    private final List<LoadedModel> models;
    private final EcgInterpreter interpreter;

    DemonstrationReading() {
        this(List.of(
                EcgModels.demonstration(12, InferenceConfig.defaults()),
                EcgModels.demonstration(1, InferenceConfig.defaults())));
    }

    /** Reads with other models, which are closed with this. */
    DemonstrationReading(List<LoadedModel> models) {
        this.models = models;
        interpreter = new EcgInterpreter(models, new Preprocessing(MainsFrequency.HERTZ_50), Terminology.labelMap());
    }

    Recording recording(Path file) {
        try (Stream<FileEntry> entries = files.open(file)) {
            List<FileEntry> all = entries.toList();
            if (all.size() == 1 && all.get(0).outcome() instanceof ReadOutcome.Read read) {
                return read.recording();
            }
            throw new AssertionError("expected one recording in " + file.getFileName() + ", found " + all);
        }
    }

    Outcome outcome(Path file) {
        return interpreter.interpret(recording(file));
    }

    Interpretation interpreted(Path file) {
        Outcome outcome = outcome(file);
        if (outcome instanceof Outcome.Interpreted interpreted) {
            return interpreted.interpretation();
        }
        throw new AssertionError(file.getFileName() + ": " + outcome);
    }

    @Override
    public void close() {
        models.forEach(LoadedModel::close);
    }
}
