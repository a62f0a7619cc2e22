package dev.ecgfhir.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ecgfhir.config.CommandEnvironment;
import dev.ecgfhir.config.LedgerSettings;
import dev.ecgfhir.ledger.Replay;
import dev.ecgfhir.web.ReplayRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Gives finished ECGs another chance. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        customSynopsis =
                "ecgfhir replay (--id ID | --resource R | --reason R | --model HASH | --from T | --until T)... [options] [--KEY=VALUE]...",
        description = {
            "Takes ECGs that were given up, refused or reported back into work.",
            "Asks the running server, or changes the ledger where none runs. Settings as for serve."
        })
final class ReplayCommand implements Callable<Integer> {
    /** States that can be asked for. */
    enum Ended {
        /** Given up. */
        DEAD,
        /** Refused. */
        REFUSED,
        /** Reported. */
        DELIVERED
    }

    private final Console console;

    @Option(names = "--id", paramLabel = "ID", description = "This row of the ledger.")
    private @Nullable Long id;

    @Option(names = "--resource", paramLabel = "R", description = "This ECG, Observation/7, all its versions.")
    private @Nullable String resource;

    @Option(
            names = "--reason",
            paramLabel = "CODE",
            description = "Ended for this reason, for example TARGET_REJECTED.")
    private @Nullable String reason;

    @Option(
            names = "--model",
            paramLabel = "HASH",
            description = "Read by this model, sha256:..., or the beginning of it; read anew.")
    private @Nullable String model;

    @Option(names = "--from", paramLabel = "T", description = "Ended at or after this date or instant.")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "T", description = "Ended before this date or instant.")
    private @Nullable String until;

    @Option(
            names = "--state",
            paramLabel = "S",
            description =
                    "dead, refused or delivered, repeatable. Default dead; with --reason or --id also refused, with --model also delivered.")
    private List<Ended> states = new ArrayList<>();

    @Option(names = "--again", description = "Interpret anew even where the finished report is still there.")
    private boolean again;

    @Option(names = "--dry-run", description = "Only say how many.")
    private boolean dryRun;

    @Option(names = "--json", description = "One line of JSON.")
    private boolean json;

    @Unmatched
    private List<String> settings = new ArrayList<>(); // picocli adds to it

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ReplayCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ReplayRequest request = request();
        LedgerSettings where = CommandEnvironment.ledger(KeyValues.of(settings, spec));
        Optional<ServerCalls> server = ServerCalls.find(where.dataDirectory());
        long rows;
        if (server.isPresent()) {
            rows = server.get().post("/commands/replay", request).get("rows").asLong();
        } else {
            try (LedgerAtHand at = LedgerAtHand.open(where)) {
                Replay replay = request.toReplay();
                rows = dryRun
                        ? at.ledger().replays().selected(replay)
                        : at.ledger().replays().again(replay);
            }
        }
        if (json) {
            console.json(JsonNodeFactory.instance.objectNode().put("rows", rows).put("dryRun", dryRun));
        } else {
            console.line(rows
                    + (rows == 1 ? " ECG" : " ECGs")
                    + (dryRun ? " would be replayed" : " taken back into work")
                    + (server.isPresent() || dryRun ? "" : "; they go on when the server starts"));
        }
        return ExitCode.DONE;
    }

    private ReplayRequest request() {
        if (id == null && resource == null && reason == null && model == null && from == null && until == null) {
            throw new ParameterException(
                    spec.commandLine(), "say which: --id, --resource, --reason, --model, --from or --until");
        }
        return new ReplayRequest(
                chosen().stream().map(Enum::name).toList(),
                id,
                resource,
                reason,
                model,
                Instants.parse("--from", from, spec),
                Instants.parse("--until", until, spec),
                again || model != null,
                dryRun);
    }

    private List<Ended> chosen() {
        if (!states.isEmpty()) {
            return states;
        }
        List<Ended> chosen = new ArrayList<>(List.of(Ended.DEAD));
        if (reason != null || id != null) {
            chosen.add(Ended.REFUSED);
        }
        if (model != null) {
            chosen.add(Ended.DELIVERED);
        }
        return chosen;
    }
}
