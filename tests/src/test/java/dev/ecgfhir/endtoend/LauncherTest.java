package dev.ecgfhir.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the executable WAR unpacks itself, starts the server as a process of its own, and takes it along when it ends. */
class LauncherTest {
    private static final Logger LOG = LoggerFactory.getLogger(LauncherTest.class);
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final int SIGTERM = 143;

    @TempDir
    Path folder;

    @Test
    void two_first_starts_at_once_unpack_once_and_both_work() throws Exception {
        Path cache = folder.resolve("cache");
        Process first = version(cache, "first").start();
        Process second = version(cache, "second").start();
        try {
            for (Process process : List.of(first, second)) {
                assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(process.exitValue())
                        .as(output("first") + output("second"))
                        .isZero();
            }
        } finally {
            first.destroyForcibly();
            second.destroyForcibly();
        }
        assertThat(output("first")).contains("ECGFounder for FHIR");
        assertThat(output("second")).contains("ECGFounder for FHIR");
        assertThat(output("first") + output("second")).containsOnlyOnce("unpacking into");
        try (Stream<Path> left = Files.list(cache)) {
            assertThat(left.map(path -> String.valueOf(path.getFileName())))
                    .hasSize(2)
                    .noneMatch(name -> name.contains("unpacking"));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // has no SIGTERM
    void a_terminated_launcher_stops_the_server_in_good_order() throws Exception {
        Process launcher = serve();
        try {
            await(launcher, () -> output("serve").contains("ready at"));
            assertThat(output("serve")).contains("DEMONSTRATION WEIGHTS in use: not ECGFounder");
            ProcessHandle server = launcher.children().findFirst().orElseThrow();
            launcher.destroy();
            assertThat(launcher.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(launcher.exitValue()).isEqualTo(SIGTERM);
            assertThat(server.isAlive()).as("the launcher waits for the server").isFalse();
        } finally {
            end(launcher);
        }
    }

    @Test
    void a_killed_launcher_leaves_no_server_behind() throws Exception {
        Process launcher = serve();
        List<ProcessHandle> servers = List.of();
        try {
            await(launcher, () -> launcher.children().findAny().isPresent());
            servers = launcher.children().toList();
            launcher.destroyForcibly();
            CompletableFuture.allOf(servers.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(servers).noneMatch(ProcessHandle::isAlive);
        } finally {
            servers.forEach(ProcessHandle::destroyForcibly);
            end(launcher);
        }
    }

    @Test
    void a_taken_port_is_one_clear_line() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());
            War.Result result = War.run(folder, "demo", "--exit", "--port", port);
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err())
                    .contains("ecgfhir: server.port " + port + " cannot be opened")
                    .doesNotContain("\tat ");
        }
    }

    /** DESIGN: 2 s, and 5 s with a model; printed, for a test that measures time on a busy machine fails for no reason. */
    @Test
    void quick_commands_start_fast_enough_to_be_timed() throws Exception {
        Path ecg = folder.resolve("ecg.json");
        try (InputStream in = LauncherTest.class.getResourceAsStream("/dev/ecgfhir/demo/recordings/ptbxl_00292.json")) {
            assertThat(in).isNotNull();
            Files.copy(in, ecg);
        }
        War.run(folder, "interpret", ecg.toString()); // unpacks the WAR and PyTorch's natives
        for (List<String> command :
                List.of(List.of("--version"), List.of("inspect", "ecg.json"), List.of("interpret", "ecg.json"))) {
            long before = System.nanoTime();
            War.Result result = War.run(folder, command.toArray(new String[0]));
            double seconds = (System.nanoTime() - before) / 1e9;
            assertThat(result.exitCode()).as(result.err()).isZero();
            LOG.info("java -jar ecgfhir.war {}: {} s", String.join(" ", command), Math.round(seconds * 100) / 100.0);
        }
    }

    private ProcessBuilder version(Path cache, String name) {
        ProcessBuilder builder = War.process(folder, "--version")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name).toFile());
        builder.environment().put("ECGFHIR_CACHE", cache.toString());
        return builder;
    }

    private Process serve() throws IOException {
        return War.quickServer(
                        folder,
                        "serve",
                        "--port",
                        "0",
                        "--ecgfhir.model.demonstration=true",
                        "--ecgfhir.data-directory=" + folder.resolve("data"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("serve").toFile())
                .start();
    }

    private String output(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    /** Something that becomes true. */
    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(Process process, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertThat(process.isAlive() && System.nanoTime() < end)
                    .as(output("serve"))
                    .isTrue();
            process.waitFor(100, TimeUnit.MILLISECONDS); // wakes up early if it ends
        }
    }

    private static void end(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }
}
