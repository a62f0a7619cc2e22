package dev.ecgfhir.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The JVM of the server: a child of this one, on the same terminal, ended with it. */
final class ServerProcess {
    private static final String JAVA_OPTIONS = "ECGFHIR_JAVA_OPTS";

    /** Longest time that the server gets to finish what it has in hand, s; then it is killed, and its ledger goes on at the next start. */
    private static final long STOP_SECONDS = 30;

    private final Process process;

    private ServerProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts the server.
     *
     * @param jar the class path
     * @param environment environment variables; {@code ECGFHIR_JAVA_OPTS} adds options of the JVM
     * @param arguments the command and its arguments
     * @throws IOException if the JVM cannot be started
     */
    static ServerProcess start(Path jar, Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> command = command(
                Path.of(System.getProperty("java.home")),
                jar,
                ServerOptions.of(
                        arguments.get(0),
                        Runtime.version().feature(),
                        System.getProperty("os.name", ""),
                        environment.getOrDefault(JAVA_OPTIONS, "")),
                arguments);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        // Ours alone; the server refuses settings that it does not know.
        builder.environment().keySet().removeAll(Set.of("ECGFHIR_CACHE", JAVA_OPTIONS));
        waitPassively(builder.environment());
        ServerProcess server = new ServerProcess(builder.start());
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop-server"));
        return server;
    }

    /**
     * Has PyTorch's threads sleep while they wait for one another, unless the user has said how they are to wait. They would spin; with
     * a processor busy elsewhere one pass then takes a hundred times as long. Read when the library is loaded: a JVM cannot set it for itself.
     */
    static void waitPassively(Map<String, String> environment) {
        if (!environment.containsKey("GOMP_SPINCOUNT")) {
            environment.putIfAbsent("OMP_WAIT_POLICY", "PASSIVE");
        }
    }

    /** Returns the command line of the child. */
    static List<String> command(Path javaHome, Path jar, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin")
                .resolve(File.separatorChar == '\\' ? "java.exe" : "java")
                .toString());
        command.addAll(options);
        command.add("-cp");
        command.add(jar.toString());
        command.add(ServerMain.class.getName());
        command.add(Long.toString(ProcessHandle.current().pid()));
        command.addAll(arguments);
        return command;
    }

    /** Waits for the server's end and returns its exit code. */
    int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
