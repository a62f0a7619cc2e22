package dev.ecgfhir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ecgfhir.web.BackfillChange;
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

/** Has a backfill pause, go on or end: one class for the three commands. */
@Command(
        mixinStandardHelpOptions = true,
        description = {
            "pause: has a backfill wait; what it has found is still interpreted.",
            "resume: has one that is paused or has failed go on from where it stands.",
            "cancel: ends one; what it has found stays and is still interpreted.",
            "Settings as for serve."
        })
final class BackfillChangeCommand implements Callable<Integer> {
    private final Console console;
    private final BackfillChange change;

    @Parameters(paramLabel = "ID", description = "Its number.")
    private long id;

    @Option(names = "--json", description = "One line of JSON.")
    private boolean json;

    @Unmatched
    private List<String> settings = new ArrayList<>(); // picocli adds to it

    @Spec
    private CommandSpec spec = CommandSpec.create();

    BackfillChangeCommand(Console console, BackfillChange change) {
        this.console = console;
        this.change = change;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (BackfillJobs jobs = BackfillJobs.open(KeyValues.of(settings, spec))) {
            JsonNode job = jobs.change(id, change);
            if (json) {
                console.json(job);
            } else {
                console.line(BackfillText.line(job));
            }
        }
        return ExitCode.DONE;
    }
}
