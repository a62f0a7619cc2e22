package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.config.ConfigurationException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class LocalCallersTest {
    @Test
    void answers_a_forwarded_request_with_403_and_an_outcome_that_says_why() {
        HttpResponse<String> response = TestServer.get("/fhir/metadata", "X-Forwarded-For", "10.0.0.1");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/fhir+json"));
        assertThat(response.body())
                .contains(
                        "\"resourceType\":\"OperationOutcome\"",
                        "NOT_LOCAL",
                        "no security settings exist yet",
                        "X-Forwarded-For");
    }

    @Test
    void answers_a_name_rebound_to_this_machine_with_403_and_a_line_of_text() {
        HttpResponse<String> response = TestServer.get("/", "Host", "evil.example");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("Host header").doesNotContain("evil.example");
    }

    @Test
    void tells_a_remote_monitor_the_status_alone() {
        HttpResponse<String> remote = TestServer.get("/actuator/health", "X-Forwarded-For", "10.0.0.1");

        assertThat(remote.statusCode()).isEqualTo(200);
        assertThat(remote.body()).contains("\"status\":\"UP\"").doesNotContain("components", "H2");
        assertThat(TestServer.get("/actuator/prometheus", "X-Forwarded-For", "10.0.0.1")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void lets_no_page_of_another_origin_write() {
        HttpResponse<String> response =
                TestServer.post("/fhir/Patient", "{\"resourceType\":\"Patient\"}", "Origin", "https://evil.example");

        assertThat(response.statusCode()).isEqualTo(403);
    }

    @Test
    void needs_no_token_for_a_local_write() {
        assertThat(TestServer.post("/fhir/Patient", "{\"resourceType\":\"Patient\"}")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void sends_security_headers_with_its_pages() {
        HttpResponse<String> page = TestServer.get("/");

        assertThat(page.headers().map())
                .containsKeys("content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy")
                .doesNotContainKey("set-cookie");
    }

    @Test
    void listens_on_the_loopback_address_alone() {
        Assertions.assertThatThrownBy(() -> {
                    try (var socket = new java.net.Socket()) {
                        socket.connect(
                                new InetSocketAddress(
                                        outside(), TestServer.server().port()),
                                2000);
                    }
                })
                .isInstanceOf(java.io.IOException.class);
    }

    private static java.net.InetAddress outside() throws java.net.SocketException {
        return java.net.NetworkInterface.networkInterfaces()
                .flatMap(java.net.NetworkInterface::inetAddresses)
                .filter(address -> address instanceof java.net.Inet4Address && !address.isLoopbackAddress())
                .findFirst()
                // 127.0.0.1 is what it listens on; the rest of 127/8 is as closed to it as any other address
                .orElseGet(() -> new InetSocketAddress("127.0.0.2", 1).getAddress());
    }

    @Test
    void refuses_to_open_itself_to_other_machines() {
        ConfigurationException e = Assertions.catchThrowableOfType(
                ConfigurationException.class,
                () -> Server.start(Map.of(
                        "server.address", "0.0.0.0",
                        "server.forward-headers-strategy", "native",
                        "management.server.port", "9090",
                        "ecgfhir.inference.threads", "0",
                        "ecgfhir.model.demonstration", "true")));

        assertThat(e.problems())
                .containsExactly(
                        "server.address must be localhost, 127.0.0.1 or ::1 until security settings exist, was '0.0.0.0'",
                        "server.forward-headers-strategy must be none until security settings exist, was 'native'",
                        "management.server.port must be absent, for health and metrics stand on the server's own port, was '9090'",
                        "ecgfhir.inference.threads must be 1..256, was '0'");
    }
}
