package dev.ecgfhir.routes;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Kafka broker in a process of its own that lets in by SASL_SSL alone, and can be killed and started again on what it had stored. */
final class BrokerProcess implements AutoCloseable {
    private final Path folder;
    private final Path properties;
    private final int port = freePort();
    private Process process;

    /** Prepares a broker that stores everything in a folder. */
    BrokerProcess(Path folder, BrokerAccess access) throws IOException, InterruptedException {
        this.folder = folder;
        this.properties = folder.resolve("broker.properties");
        int controller = freePort();
        List<String> lines = new ArrayList<>(access.broker(port, controller));
        lines.addAll(List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@localhost:" + controller,
                "controller.listener.names=CONTROLLER",
                "log.dirs=" + folder.resolve("data"),
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=1",
                "group.initial.rebalance.delay.ms=0",
                "broker.session.timeout.ms=3000",
                "broker.heartbeat.interval.ms=500"));
        Files.write(properties, lines);
        List<String> format = new ArrayList<>(List.of(
                "kafka.tools.StorageTool", "format", "-t", "MkU3OEVBNTcwNTJENDM2Qk", "-c", properties.toString()));
        format.addAll(access.format());
        int code = java(format).waitFor();
        if (code != 0) {
            throw new IllegalStateException("formatting ended with " + code + ":\n" + Files.readString(log()));
        }
    }

    String address() {
        return "localhost:" + port;
    }

    void start() throws IOException {
        process = java(List.of("kafka.Kafka", properties.toString()));
    }

    /** Ends it by SIGKILL. */
    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    private Path log() {
        return folder.resolve("broker.log");
    }

    private Process java(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(arguments);
        File log = log().toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
