package dev.ecgfhir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ecgfhir.config.CommandEnvironment;
import dev.ecgfhir.config.LedgerSettings;
import dev.ecgfhir.web.StatusDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Says where everything stands. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        customSynopsis = "ecgfhir status [--json] [--KEY=VALUE]...",
        description = {
            "Shows how many ECGs stand where and why, and the servers that are read from and written to.",
            "Asks the running server, or opens the ledger where none runs. Settings as for serve."
        })
final class StatusCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "One line of JSON.")
    private boolean json;

    @Unmatched
    private List<String> settings = new ArrayList<>(); // picocli adds to it

    @Spec
    private @Nullable CommandSpec spec;

    StatusCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        LedgerSettings where = CommandEnvironment.ledger(KeyValues.of(settings, spec));
        Optional<ServerCalls> server = ServerCalls.find(where.dataDirectory());
        JsonNode status;
        if (server.isPresent()) {
            status = ((ObjectNode) server.get().get("/commands/status"))
                    .put("server", server.get().url());
        } else {
            try (LedgerAtHand at = LedgerAtHand.open(where)) {
                status = StatusDocument.of(at.ledger(), List.of()).putNull("server");
            }
        }
        if (json) {
            console.json(status);
        } else {
            print(status);
        }
        return ExitCode.DONE;
    }

    private void print(JsonNode status) {
        console.line(
                status.get("server").isNull()
                        ? "no server runs; this is what the ledger says"
                        : "server at " + status.get("server").asText());
        status.get("counts")
                .properties()
                .forEach(count -> console.line(String.format(
                        Locale.ROOT,
                        "  %-12s %,12d",
                        count.getKey().equals("inProgress") ? "in progress" : count.getKey(),
                        count.getValue().asLong())));
        status.get("reasons")
                .forEach(one -> console.line(String.format(
                        Locale.ROOT,
                        "  %-12s %,12d  %s",
                        one.get("state").asText().toLowerCase(Locale.ROOT),
                        one.get("rows").asLong(),
                        one.get("reason").asText())));
        status.get("servers")
                .forEach(one -> console.line("  " + one.get("kind").asText() + " "
                        + one.get("name").asText() + " at "
                        + one.get("url").asText()
                        + (one.get("paused").asBoolean()
                                ? ": left in peace after " + one.get("failures").asInt() + " failures"
                                : ": in use")));
        status.get("duties")
                .forEach(one -> console.line("  " + one.get("job").asText() + " of "
                        + one.get("subject").asText() + ": "
                        + (one.get("held").asBoolean() ? "by node " : "by nobody; last by node ")
                        + one.get("node").asText() + ", since "
                        + one.get("since").asText()));
        status.get("feeds")
                .forEach(one -> console.line("  " + one.get("feed").asText() + " of "
                        + one.get("source").asText() + ": " + one.get("cursor").asText() + ", stored "
                        + one.get("updatedAt").asText()));
        status.get("backfills").forEach(one -> console.line("  " + BackfillText.line(one)));
    }
}
