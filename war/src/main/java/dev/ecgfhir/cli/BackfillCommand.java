package dev.ecgfhir.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about filling from an archive. */
@Command(
        name = "backfill",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Fills the ledger with the ECGs of a source's archive, behind those that come in meanwhile.",
            "The server does it: a job goes on without the command, through restarts, until it is done, paused or cancelled."
        })
final class BackfillCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "backfill: a command is missing: start, watch, list, pause, resume or cancel");
    }
}
