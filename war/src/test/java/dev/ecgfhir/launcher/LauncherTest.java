package dev.ecgfhir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LauncherTest {
    @Test
    void gives_a_jvm_of_their_own_to_the_commands_with_a_server_alone() {
        assertThat(Launcher.needsServer(List.of("serve", "--port", "0"))).isTrue();
        assertThat(Launcher.needsServer(List.of("demo"))).isTrue();
        assertThat(Launcher.needsServer(List.of("interpret", "demo"))).isFalse();
        assertThat(Launcher.needsServer(List.of())).isFalse();
    }

    @Test
    void shows_help_in_this_jvm() {
        assertThat(Launcher.needsServer(List.of("serve", "--help"))).isFalse();
    }

    @Test
    void hands_the_commands_arguments_to_the_child_unchanged() {
        List<String> command = ServerProcess.command(
                Path.of("/jdk"), Path.of("/cache/a b/ecgfhir.jar"), List.of("-Xmx1g"), List.of("serve", "--a=b c"));
        assertThat(command)
                .containsExactly(
                        Path.of("/jdk/bin/java").toString(),
                        "-Xmx1g",
                        "-cp",
                        Path.of("/cache/a b/ecgfhir.jar").toString(),
                        "dev.ecgfhir.launcher.ServerMain",
                        String.valueOf(ProcessHandle.current().pid()),
                        "serve",
                        "--a=b c");
    }

    @Test
    void has_pytorchs_threads_wait_asleep_unless_told_otherwise() {
        Map<String, String> nothing = new HashMap<>();
        Map<String, String> policy = new HashMap<>(Map.of("OMP_WAIT_POLICY", "ACTIVE"));
        Map<String, String> spins = new HashMap<>(Map.of("GOMP_SPINCOUNT", "1000"));

        ServerProcess.waitPassively(nothing);
        ServerProcess.waitPassively(policy);
        ServerProcess.waitPassively(spins);

        assertThat(nothing).containsOnly(Map.entry("OMP_WAIT_POLICY", "PASSIVE"));
        assertThat(policy).containsOnly(Map.entry("OMP_WAIT_POLICY", "ACTIVE"));
        assertThat(spins).containsOnly(Map.entry("GOMP_SPINCOUNT", "1000"));
    }
}
