package dev.ecgfhir.cli;

import ca.uhn.fhir.context.FhirContext;
import dev.ecgfhir.terminology.TerminologyExport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the terminology as FHIR files. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes CodeSystem, ConceptMap and ValueSets as FHIR JSON files and prints their names.")
final class TerminologyExportCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            required = true,
            description = "Directory; made if it is not there.")
    private Path output = Path.of("");

    TerminologyExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        TerminologyExport.write(output, FhirContext.forR4Cached()).forEach(file -> console.line(file.toString()));
        return ExitCode.DONE;
    }
}
