package dev.ecgfhir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ecgfhir.ledger.BackfillOrder;
import dev.ecgfhir.web.BackfillRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Orders a backfill. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        customSynopsis =
                "ecgfhir backfill start --source NAME (--from T [--until T] | --export [--since T]) [options] [--KEY=VALUE]...",
        description = {
            "Has the server look for the ECGs that a source recorded in a stretch of time, or exports, and shows how far it is.",
            "The job is the server's: Ctrl-C ends only the showing. Settings as for serve."
        })
final class BackfillStartCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            required = true,
            description = "The source, by its name in the settings.")
    private String source = "";

    @Option(names = "--from", paramLabel = "T", description = "Recorded at or after this date or instant.")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "T", description = "Recorded before this date or instant; default now.")
    private @Nullable String until;

    @Option(names = "--export", description = "Read the archive by FHIR Bulk Data export.")
    private boolean export;

    @Option(
            names = "--since",
            paramLabel = "T",
            description = "Export only what was written since this date or instant.")
    private @Nullable String since;

    @Option(names = "--rate", paramLabel = "N", description = "Most new ECGs a minute; default that of the settings.")
    private int rate;

    @Option(names = "--detach", description = "Do not wait for the end.")
    private boolean detach;

    @Option(names = "--json", description = "One line of JSON.")
    private boolean json;

    @Unmatched
    private List<String> settings = new ArrayList<>(); // picocli adds to it

    @Spec
    private CommandSpec spec = CommandSpec.create();

    BackfillStartCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, String> given = KeyValues.of(settings, spec);
        BackfillRequest request = request();
        try (BackfillJobs jobs = BackfillJobs.open(given)) {
            JsonNode job = jobs.start(request);
            BackfillWatch watch = new BackfillWatch(console, jobs, json);
            long id = job.get("id").asLong();
            if (!jobs.worked()) {
                console.message("backfill " + id + " is ordered; it begins when the server runs");
                return watch.tell(job);
            }
            if (detach) {
                return watch.tell(job);
            }
            console.message("backfill " + id + " runs in the server. Ctrl-C leaves it running; 'backfill watch " + id
                    + "' shows it again, 'backfill pause " + id + "' has it wait");
            return watch.follow(job);
        }
    }

    private BackfillRequest request() {
        if (export ? from != null || until != null : since != null) {
            throw new ParameterException(
                    spec.commandLine(), "--from and --until belong to a search, --since to --export");
        }
        BackfillRequest request = export ? ofExport() : ofSearch();
        try {
            request.toOrder();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        return request;
    }

    private BackfillRequest ofExport() {
        return new BackfillRequest(
                source, BackfillOrder.Kind.EXPORT.name(), Instants.parse("--since", since, spec), null, rate);
    }

    private BackfillRequest ofSearch() {
        String begin = Instants.parse("--from", from, spec);
        if (begin == null) {
            throw new ParameterException(spec.commandLine(), "say which: --from DATE, or --export");
        }
        String end = Instants.parse("--until", until, spec);
        return new BackfillRequest(
                source,
                BackfillOrder.Kind.SEARCH.name(),
                begin,
                end == null ? Clock.systemUTC().instant().toString() : end,
                rate);
    }
}
