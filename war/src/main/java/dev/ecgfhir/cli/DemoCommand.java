package dev.ecgfhir.cli;

import dev.ecgfhir.config.ConfigurationException;
import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.wiring.RunningServer;
import dev.ecgfhir.wiring.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the whole main job on real recordings. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the whole job on 13 real recordings: posts them to an embedded FHIR server, lets it find, interpret and"
                    + " report them, and prints what became of each.",
            "Without a model the bundled demonstration weights are used: not ECGFounder, not validated, not for patients."
        })
final class DemoCommand implements Callable<Integer> {
    private static final String LINE = "=".repeat(100);

    private final Console console;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "8080",
            description = "Port on localhost (default ${DEFAULT-VALUE}); 0 takes a free one.")
    private int port;

    @Option(names = "--exit", description = "Ends after the table instead of serving on.")
    private boolean exit;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "Checkpoint (.pth or .safetensors); once for 12 leads, once for lead I.")
    private List<Path> checkpoints = List.of();

    @Option(
            names = "--data-directory",
            paramLabel = "DIR",
            description =
                    "Where the server stores everything (default: a new temporary directory, deleted at the end of a good --exit).")
    private @Nullable Path dataDirectory;

    @Spec
    private @Nullable CommandSpec spec;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, String> models = models();
        Path directory = dataDirectory == null ? Files.createTempDirectory("ecgfhir-demo-") : dataDirectory;
        int code;
        try {
            code = run(directory.toAbsolutePath(), models);
        } catch (ConfigurationException e) { // before anything was stored
            if (dataDirectory == null) {
                delete(directory);
            }
            throw e;
        }
        if (dataDirectory == null && code == ExitCode.DONE) {
            delete(directory); // after a failure it is kept, to be looked at
        }
        return code;
    }

    private int run(Path directory, Map<String, String> models) throws IOException, InterruptedException {
        Map<String, String> settings = new LinkedHashMap<>(models);
        settings.put("server.port", Integer.toString(port));
        settings.put("ecgfhir.data-directory", directory.toString());
        settings.put("logging.level.dev.ecgfhir", "warn"); // the table is the log
        console.message("Starting the server; everything it stores is in " + directory);
        try (RunningServer server = Server.startDemonstration(settings)) {
            console.message("Posting the recordings to " + server.fhirUrl() + ", as a hospital's device gateway would");
            Demo demo = new Demo(
                    server.fhirUrl(),
                    server.ledger(),
                    Clock.systemUTC(),
                    new DemoProgress(console, Console.onTerminal()));
            List<DemoRow> rows = demo.run(DemoRecording.bundled());
            print(rows, server.settings().model().demonstration());
            addresses(server, rows).forEach(console::line);
            if (!exit) {
                console.line("Serving on; Ctrl-C ends.");
                Thread.currentThread().join(); // the JVM's end stops the server
            }
            return rows.stream().allMatch(DemoRow::isGood) ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    /** Returns the settings that name the given checkpoints. */
    private Map<String, String> models() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (Path checkpoint : checkpoints) {
            int leads = EcgModels.describe(checkpoint).leads();
            String key = leads == 1 ? "ecgfhir.model.single-lead" : "ecgfhir.model.twelve-lead";
            if (settings.put(key, checkpoint.toAbsolutePath().toString()) != null) {
                String problem = "--model: two models for " + (leads == 1 ? "one lead" : "12 leads")
                        + " were given; give one for 12 leads and one for lead I";
                throw spec == null
                        ? new IllegalArgumentException(problem)
                        : new ParameterException(spec.commandLine(), problem);
            }
        }
        return settings;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void print(List<DemoRow> rows, boolean demonstration) {
        console.line("");
        DemoTable.lines(rows).forEach(console::line);
        console.line(
                "Findings, scores and codes were read back over the FHIR API. Milliseconds: found = from stored to found by"
                        + " polling, read = decoded,");
        console.line("filtered and interpreted, waiting for its turn included, sent = report delivered to the server.");
        console.line("");
        if (demonstration) {
            console.line(LINE);
            console.line("DEMONSTRATION WEIGHTS: not ECGFounder, not validated, not for patients. The network saw these"
                    + " recordings in training:");
            console.line("the table shows what the product does, not how well a network reads ECGs.");
            console.line(LINE);
            console.line("");
        }
        rows.stream()
                .filter(row -> !row.isGood())
                .forEach(row -> console.message("ecgfhir: " + row.recording().name() + ": " + row.outcome()
                        + row.entry()
                                .flatMap(entry -> entry.detail())
                                .map(detail -> ": " + detail)
                                .orElse("")));
    }

    private static List<String> addresses(RunningServer server, List<DemoRow> rows) {
        Optional<String> report = rows.stream()
                .flatMap(row -> row.report().stream())
                .map(PublishedReport::resource)
                .findFirst();
        return List.of(
                "Start page      " + server.baseUrl() + "/",
                "All reports     " + server.fhirUrl() + "/DiagnosticReport?_sort=-issued",
                "One report      " + server.fhirUrl() + "/" + report.orElse("DiagnosticReport"),
                "What it can     " + server.fhirUrl() + "/metadata",
                "Health          " + server.baseUrl() + "/actuator/health");
    }
}
