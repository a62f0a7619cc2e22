package dev.ecgfhir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Shows how a backfill goes on. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Shows how a backfill goes on until it is done, paused or cancelled. Settings as for serve.")
final class BackfillWatchCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "ID", description = "Its number.")
    private long id;

    @Option(names = "--json", description = "One line of JSON at the end.")
    private boolean json;

    @Unmatched
    private List<String> settings = new ArrayList<>(); // picocli adds to it

    @Spec
    private CommandSpec spec = CommandSpec.create();

    BackfillWatchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (BackfillJobs jobs = BackfillJobs.open(KeyValues.of(settings, spec))) {
            JsonNode job = jobs.one(id);
            BackfillWatch watch = new BackfillWatch(console, jobs, json);
            if (jobs.worked()) {
                return watch.follow(job);
            }
            console.message("no server runs; this is what the ledger says");
            return watch.tell(job);
        }
    }
}
