package dev.ecgfhir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Lists backfills. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists all backfills, the latest first. Settings as for serve.")
final class BackfillListCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "A line of JSON for each.")
    private boolean json;

    @Unmatched
    private List<String> settings = new ArrayList<>(); // picocli adds to it

    @Spec
    private CommandSpec spec = CommandSpec.create();

    BackfillListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (BackfillJobs jobs = BackfillJobs.open(KeyValues.of(settings, spec))) {
            JsonNode all = jobs.all();
            if (all.isEmpty() && !json) {
                console.message("there are none");
            }
            for (JsonNode job : all) {
                if (json) {
                    console.json(job);
                } else {
                    console.line(BackfillText.line(job));
                }
            }
        }
        return ExitCode.DONE;
    }
}
