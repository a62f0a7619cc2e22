package dev.ecgfhir.cli;

import dev.ecgfhir.wiring.RunningServer;
import dev.ecgfhir.wiring.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Runs the server until it is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        customSynopsis = "ecgfhir serve [--port P] [--KEY=VALUE]...",
        description = {
            "Runs the server until it is told to stop (SIGTERM, Ctrl-C).",
            "Settings come from --KEY=VALUE, environment variables and application.yaml; docs/configuration.md lists them."
        })
final class ServeCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--port", paramLabel = "P", description = "Port on localhost (default 8080); 0 takes a free one.")
    private @Nullable Integer port;

    @Unmatched
    private List<String> settings = new ArrayList<>(); // picocli adds to it

    @Spec
    private @Nullable CommandSpec spec;

    ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> properties = KeyValues.of(settings, spec);
        if (port != null) {
            properties.put("server.port", port.toString());
        }
        RunningServer server = Server.start(properties);
        console.message("ecgfhir: ready at " + server.baseUrl() + ", FHIR at " + server.fhirUrl());
        String failure = server.awaitFailure(); // else the JVM's end stops the server
        console.message("ecgfhir: " + failure);
        return ExitCode.FAILED;
    }
}
