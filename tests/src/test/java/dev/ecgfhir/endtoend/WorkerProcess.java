package dev.ecgfhir.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A {@link ChaosWorker} in a process of its own, from its start to its death by SIGKILL. */
final class WorkerProcess implements AutoCloseable {
    private final Process process;
    private volatile Map<String, Long> ledger = Map.of();

    private WorkerProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts a worker.
     *
     * @param fhirUrl the FHIR server
     * @param ledger JDBC address of its ledger
     * @param log takes its standard error
     * @param dies is shown each step, in order; where it says true the worker is killed there
     */
    static WorkerProcess start(String fhirUrl, String ledger, Path log, Predicate<String> dies) throws IOException {
        return start(List.of(fhirUrl, ledger), log, dies);
    }

    /**
     * Starts a worker that shares its work with others through Kafka.
     *
     * @param node its name
     * @param brokers Kafka's address
     */
    static WorkerProcess start(
            String fhirUrl, String ledger, String node, String brokers, Path log, Predicate<String> dies)
            throws IOException {
        return start(List.of(fhirUrl, ledger, node, brokers), log, dies);
    }

    private static WorkerProcess start(List<String> arguments, Path log, Predicate<String> dies) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ChaosWorker.class.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        WorkerProcess worker = new WorkerProcess(process);
        Thread thread = new Thread(() -> worker.follow(dies), "worker-steps");
        thread.setDaemon(true);
        thread.start();
        return worker;
    }

    private void follow(Predicate<String> dies) {
        try (BufferedReader steps = process.inputReader(StandardCharsets.UTF_8);
                OutputStream answers = process.getOutputStream()) {
            for (String line = steps.readLine(); line != null; line = steps.readLine()) {
                if (line.startsWith(ChaosWorker.LEDGER)) {
                    ledger = counts(line.substring(ChaosWorker.LEDGER.length()));
                }
                if (!line.startsWith(ChaosWorker.STEP)) {
                    continue; // a library's log line, or the above
                }
                if (dies.test(line.substring(ChaosWorker.STEP.length()))) {
                    process.destroyForcibly();
                } else {
                    answers.write('\n');
                    answers.flush();
                }
            }
        } catch (IOException e) {
            // it is dead
        }
    }

    /** Returns how many rows its ledger held when it last told: of each state by its name, in all (discovered) and inProgress; empty before. */
    Map<String, Long> ledger() {
        return ledger;
    }

    /** Returns true if it has told that nothing is in progress and at least so many are delivered. */
    boolean hasDelivered(int ecgs) {
        Map<String, Long> told = ledger;
        return !told.isEmpty() && told.get("inProgress") == 0 && told.get("delivered") >= ecgs;
    }

    private static Map<String, Long> counts(String line) {
        return Stream.of(line.split(" ", -1))
                .map(count -> count.split("=", -1))
                .collect(Collectors.toUnmodifiableMap(count -> count[0], count -> Long.parseLong(count[1])));
    }

    /** Returns true while it lives. */
    boolean lives() {
        return process.isAlive();
    }

    /** Kills it. */
    void kill() {
        process.destroyForcibly();
    }

    /** Kills it and waits until it is gone. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }
}
