package dev.ecgfhir.cli;

import dev.ecgfhir.config.Product;
import dev.ecgfhir.web.BackfillChange;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code ecgfhir}: the list of its commands. */
@Command(
        name = "ecgfhir",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Reads ECGs in FHIR and WFDB form with the ECGFounder neural network.",
            "An algorithm suggests findings; only a physician confirms one. Not a medical device."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything was done",
            "1:done, but some inputs were refused",
            "2:wrong usage or configuration",
            "3:failed"
        })
public final class Main implements Callable<Integer> {
    private static final Set<String> SERVER_COMMANDS = Set.of("serve", "demo");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Main() {}

    /**
     * Runs a command and exits with its code.
     *
     * @param arguments the command and its arguments
     */
    public static void main(String[] arguments) {
        if (arguments.length == 0 || !SERVER_COMMANDS.contains(arguments[0])) {
            // standard output is for results alone
            System.setProperty("logback.configurationFile", "dev/ecgfhir/cli/logback-commands.xml");
        }
        Console console = Console.standard();
        int code = run(console, List.of(arguments));
        if (!console.delivered()) {
            console.message("ecgfhir: standard output was closed before everything was written");
            code = Math.max(code, ExitCode.FAILED);
        }
        System.exit(code);
    }

    /**
     * Runs a command.
     *
     * @param console its outputs
     * @param arguments the command and its arguments
     * @return the exit code
     */
    static int run(Console console, List<String> arguments) {
        try {
            return commandLine(console).execute(arguments.toArray(new String[0]));
        } catch (Error e) { // out of memory, a class that is missing: picocli passes these through
            return Failures.report(console, e);
        }
    }

    private static CommandLine commandLine(Console console) {
        CommandLine line = new CommandLine(new Main())
                .addSubcommand(new InspectCommand(console))
                .addSubcommand(new InterpretCommand(console))
                .addSubcommand(new EmbedCommand(console))
                .addSubcommand(new VerifyCommand(console))
                .addSubcommand(new CommandLine(new ModelCommand())
                        .addSubcommand(new ModelInfoCommand(console))
                        .addSubcommand(new ModelRunCommand(console))
                        .addSubcommand(new ModelDownloadCommand(console))
                        .addSubcommand(new ModelVerifyCommand(console)))
                .addSubcommand(
                        new CommandLine(new ThresholdsCommand()).addSubcommand(new ThresholdsDeriveCommand(console)))
                .addSubcommand(new PreprocessCommand(console))
                .addSubcommand(
                        new CommandLine(new TerminologyCommand()).addSubcommand(new TerminologyExportCommand(console)))
                .addSubcommand(new DemoCommand(console))
                .addSubcommand(new ServeCommand(console))
                .addSubcommand(new StatusCommand(console))
                .addSubcommand(new ReplayCommand(console))
                .addSubcommand(new CommandLine(new BackfillCommand())
                        .addSubcommand(new BackfillStartCommand(console))
                        .addSubcommand(new BackfillWatchCommand(console))
                        .addSubcommand(new BackfillListCommand(console))
                        .addSubcommand("pause", new BackfillChangeCommand(console, BackfillChange.PAUSE))
                        .addSubcommand("resume", new BackfillChangeCommand(console, BackfillChange.RESUME))
                        .addSubcommand("cancel", new BackfillChangeCommand(console, BackfillChange.CANCEL)));
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((failure, arguments) -> usage(console, failure));
        line.setExecutionExceptionHandler((failure, command, result) -> Failures.report(console, failure));
        return line;
    }

    private static int usage(Console console, ParameterException failure) {
        console.message("ecgfhir: " + failure.getMessage());
        console.message("See " + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** Tells the version. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Product.NAME + " " + Product.version()};
        }
    }
}
