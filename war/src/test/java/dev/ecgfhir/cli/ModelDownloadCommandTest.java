package dev.ecgfhir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user sees of a download; the transfer itself is tested beside it. */
class ModelDownloadCommandTest {
    @TempDir
    private Path folder;

    private HttpServer server;
    private Path target;

    @BeforeEach
    void start() throws IOException {
        byte[] weights = Files.readAllBytes(CommandRun.weights(12, folder));
        target = folder.resolve("models/12_lead_ECGFounder.pth");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/mirror/12_lead_ECGFounder.pth", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, weights.length);
                exchange.getResponseBody().write(weights);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String mirror() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/mirror";
    }

    @Test
    void puts_a_file_of_a_mirror_where_other_commands_can_use_it() {
        CommandRun run = CommandRun.of(
                "model",
                "download",
                "12-lead",
                "--directory",
                target.getParent(),
                "--mirror",
                mirror(),
                "--proxy",
                "none");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("MIT licence", "CC BY 4.0").contains("0.0 MB of 2.", "2.1 MB of 2.1 MB");
        assertThat(run.out())
                .contains(target + " was fetched and read whole")
                .contains("recorded now")
                .contains("ecgfhir.model.twelve-lead");
        assertThat(CommandRun.of("model", "info", "--model", target).code()).isZero();
    }

    @Test
    void tells_scripts_one_line_and_no_progress() {
        Object[] command = {
            "model", "download", "12-lead", "--json", "--directory", target.getParent(), "--mirror", mirror() + "/"
        };

        CommandRun first = CommandRun.of(command);
        CommandRun second = CommandRun.of(command);

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err()).doesNotContain("MB");
        JsonNode line = first.json().get(0);
        assertThat(first.json()).hasSize(1);
        assertThat(line.get("model").asText()).isEqualTo("12-lead");
        assertThat(line.get("file").asText()).isEqualTo(target.toString());
        assertThat(line.get("sha256").asText()).matches("[0-9a-f]{64}");
        assertThat(line.get("trust").asText()).isEqualTo("first-use");
        assertThat(line.get("fetched").booleanValue()).isTrue();
        assertThat(second.json().get(0).get("fetched").booleanValue()).isFalse();
        assertThat(second.json().get(0).get("trust").asText()).isEqualTo("recorded");
    }

    @Test
    void fails_by_name_and_leaves_nothing_under_the_file_s_name() {
        CommandRun hash = CommandRun.of(
                "model",
                "download",
                "12-lead",
                "--json",
                "--directory",
                target.getParent(),
                "--mirror",
                mirror(),
                "--sha256",
                "A".repeat(64));
        assertThat(hash.code()).isEqualTo(3);
        assertThat(hash.out()).isEmpty();
        assertThat(hash.err()).contains("ecgfhir: WRONG_HASH: " + mirror()).contains("expected " + "a".repeat(64));
        CommandRun missing = CommandRun.of(
                "model", "download", "1-lead", "--directory", target.getParent(), "--url", mirror() + "/no.pth");
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.err()).contains("ecgfhir: NOT_GIVEN: ").contains("404");
        assertThat(target).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', https, DIRECT",
        "none, http://proxy:3128, https, DIRECT",
        "other:8080, http://proxy:3128, https, other:8080",
        "'', http://proxy:3128/, https, proxy:3128",
        "'', proxy:3128, http, DIRECT"
    })
    void takes_the_proxy_of_the_option_then_of_the_environment(
            String option, String variable, String scheme, String expected) {
        URI address = URI.create(scheme + "://weights.example.invalid/x.pth");

        ProxySelector selector =
                Proxies.of(Optional.of(option).filter(o -> !o.isEmpty()), Map.of("HTTPS_PROXY", variable), address);

        Proxy found = selector.select(address).get(0);
        assertThat(found.type() == Proxy.Type.DIRECT ? "DIRECT" : text((InetSocketAddress) found.address()))
                .isEqualTo(expected);
    }

    @Test
    void leaves_the_proxy_out_for_hosts_that_the_environment_excepts() {
        Map<String, String> environment =
                Map.of("https_proxy", "http://proxy:3128", "no_proxy", "localhost, .example.invalid");
        URI inside = URI.create("https://weights.example.invalid/x.pth");
        URI outside = URI.create("https://weights.example.test/x.pth");

        assertThat(Proxies.of(Optional.empty(), environment, inside).select(inside))
                .containsExactly(Proxy.NO_PROXY);
        assertThat(Proxies.of(Optional.empty(), environment, outside).select(outside))
                .doesNotContain(Proxy.NO_PROXY);
        assertThatThrownBy(() ->
                        Proxies.of(Optional.empty(), Map.of("HTTPS_PROXY", "http://user:secret@proxy:3128"), outside))
                .hasMessage("HTTPS_PROXY must be HOST:PORT of an HTTP proxy without login");
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }
}
