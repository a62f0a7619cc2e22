package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ecgfhir.config.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

class DemonstrationTest {
    @TempDir
    Path folder;

    @Test
    void refuses_to_run_beside_other_servers_and_databases() {
        assertThatThrownBy(() -> Server.startDemonstration(Map.of(
                        "server.port", "0",
                        "ecgfhir.data-directory", folder.toString(),
                        "ecgfhir.sources.hospital.url", "http://localhost:1/fhir",
                        "ecgfhir.sources.hospital.target", "archive",
                        "ecgfhir.targets.archive.url", "http://localhost:2/fhir",
                        "ecgfhir.ledger.jdbc-url", "jdbc:h2:mem:a")))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        failure -> assertThat(failure.problems())
                                .contains(
                                        "ecgfhir.sources.hospital is configured; a demonstration must not reach other servers",
                                        "ecgfhir.targets.archive is configured; a demonstration must not reach other servers",
                                        "ecgfhir.ledger.jdbc-url is configured; a demonstration uses databases of its own"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void says_within_a_moment_that_the_port_is_taken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            MockEnvironment environment = new MockEnvironment().withProperty("server.port", String.valueOf(port));
            assertThat(FreePort.problem(environment).orElseThrow())
                    .startsWith("server.port " + port + " cannot be opened")
                    .contains("--port");
            assertThat(FreePort.problem(new MockEnvironment().withProperty("server.port", "0")))
                    .isEmpty();
        }
    }
}
