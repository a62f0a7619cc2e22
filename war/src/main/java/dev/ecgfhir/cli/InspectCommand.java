package dev.ecgfhir.cli;

import dev.ecgfhir.fhir.file.FileEntry;
import dev.ecgfhir.fhir.file.RecordingFiles;
import dev.ecgfhir.pipeline.Gate;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how each ECG in some files is understood. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "Shows how each ECG in the files is understood; runs no model.")
final class InspectCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "FHIR Observation or Bundle (JSON or XML), NDJSON, or WFDB header (.hea).")
    private List<Path> files = List.of();

    @Option(names = "--json", description = "One line of JSON for each ECG, in the order of the files.")
    private boolean json;

    @Mixin
    private Mains mains = new Mains();

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    InspectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Gate gate = new Gate(mains.frequency());
        RecordingFiles reader = new RecordingFiles(reading.options());
        Tally tally = new Tally();
        for (Path file : files) {
            try (Stream<FileEntry> entries = reader.open(file)) {
                entries.forEach(entry -> print(Ecg.inspected(entry, gate), tally));
            }
        }
        if (!json) {
            console.message(tally.text("readable"));
        }
        return tally.exitCode();
    }

    private void print(Ecg ecg, Tally tally) {
        tally.add(ecg);
        if (json) {
            console.json(EcgJson.inspected(ecg));
        } else {
            EcgText.inspected(ecg).forEach(console::line);
        }
    }
}
