package dev.ecgfhir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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
}
