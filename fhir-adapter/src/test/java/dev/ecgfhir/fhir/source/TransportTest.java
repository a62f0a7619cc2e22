package dev.ecgfhir.fhir.source;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.ecgfhir.fhir.server.TestFhirServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a TLS server whose certificate no JVM knows, and through a proxy. Keys are made by the JDK's keytool for this run. */
class TransportTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path directory;

    @BeforeAll
    static void makeCertificates() throws IOException, InterruptedException {
        pair("server", "CN=localhost", "-ext", "SAN=dns:localhost");
        pair("client", "CN=ecg");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "server",
                "-keystore",
                file("server.p12"),
                "-file",
                file("server.pem"));
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "client",
                "-keystore",
                file("client.p12"),
                "-file",
                file("client.pem"));
        keytool("-importcert", "-noprompt", "-alias", "s", "-file", file("server.pem"), "-keystore", file("trust.p12"));
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "c",
                "-file",
                file("client.pem"),
                "-keystore",
                file("clients.p12"));
    }

    @Test
    void a_server_that_nobody_vouches_for_is_not_talked_to() {
        try (TestFhirServer server = tls(false)) {
            SourceException thrown =
                    catchThrowableOfType(SourceException.class, () -> poll(server.base(), Transport.direct()));
            assertThat(thrown.retryable()).isTrue();
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void certificates_of_a_pem_file_are_trusted() throws AccessException {
        try (TestFhirServer server = tls(false)) {
            poll(server.base(), trusting("server.pem", ""));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void certificates_of_a_trust_store_are_trusted() throws AccessException {
        try (TestFhirServer server = tls(false)) {
            poll(server.base(), trusting("trust.p12", PASSWORD));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_server_that_asks_for_a_client_certificate_gets_ours() throws AccessException {
        try (TestFhirServer server = tls(true)) {
            Transport without = trusting("server.pem", "");
            assertThatThrownBy(() -> poll(server.base(), without)).isInstanceOf(SourceException.class);
            assertThat(server.requests()).isEmpty();

            poll(
                    server.base(),
                    new Transport(without.trust(), Optional.of(store("client.p12", PASSWORD)), Optional.empty()));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_file_that_cannot_be_used_is_named() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "nothing");

        assertThatThrownBy(() -> poll("https://localhost:1", trusting("client.p12", "wrong")))
                .isInstanceOf(AccessException.class)
                .hasMessageStartingWith(file("client.p12") + ": cannot be read as PEM certificates or PKCS#12");
        assertThatThrownBy(() -> poll("https://localhost:1", trusting("empty.pem", "")))
                .isInstanceOf(AccessException.class)
                .hasMessageStartingWith(empty + ": cannot be read");
        assertThatThrownBy(() -> poll(
                        "https://localhost:1",
                        new Transport(Optional.empty(), Optional.of(store("trust.p12", PASSWORD)), Optional.empty())))
                .isInstanceOf(AccessException.class)
                .hasMessage(file("trust.p12") + ": holds no private key");
        assertThatThrownBy(() -> poll("https://localhost:1", trusting("client.p12", PASSWORD)))
                .isInstanceOf(AccessException.class)
                .hasMessageStartingWith(file("client.p12") + ": holds no certificate to trust");
    }

    @Test
    void requests_go_through_the_proxy_with_its_user() throws AccessException {
        WireMockServer proxy = new WireMockServer(wireMockConfig().dynamicPort());
        proxy.start();
        try (TestFhirServer server = new TestFhirServer()) {
            String origin = server.base().substring(0, server.base().length() - "/fhir".length());
            String credentials =
                    "Basic " + Base64.getEncoder().encodeToString("joe:secret".getBytes(StandardCharsets.UTF_8));
            proxy.stubFor(any(anyUrl())
                    .withHeader("Proxy-Authorization", absent())
                    .willReturn(aResponse().withStatus(407).withHeader("Proxy-Authenticate", "Basic realm=\"p\"")));
            proxy.stubFor(any(anyUrl())
                    .withHeader("Proxy-Authorization", equalTo(credentials))
                    .willReturn(aResponse().proxiedFrom(origin)));
            URI address = URI.create("http://localhost:" + proxy.port());

            poll(
                    server.base(),
                    new Transport(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(new Transport.Proxy(address, "joe", "secret"))));

            assertThat(server.requests()).hasSize(1);
            proxy.verify(2, anyRequestedFor(anyUrl()));
        } finally {
            proxy.stop();
        }
    }

    private static void poll(String base, Transport transport) throws AccessException {
        new FhirServerSource(
                        FhirClients.client(
                                base, FhirClients.Limits.defaults(), new Access(new Credentials.None(), transport)),
                        SourceQuery.ecgs())
                .poll(Cursor.start(), page -> {});
    }

    private static Transport trusting(String name, String password) {
        return new Transport(Optional.of(store(name, password)), Optional.empty(), Optional.empty());
    }

    private static Transport.Store store(String name, String password) {
        return new Transport.Store(directory.resolve(name), password);
    }

    private static TestFhirServer tls(boolean clientCertificate) {
        SSLHostConfig config = new SSLHostConfig();
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(config, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystoreFile(file("server.p12"));
        certificate.setCertificateKeystorePassword(PASSWORD);
        certificate.setCertificateKeystoreType("PKCS12");
        config.addCertificate(certificate);
        if (clientCertificate) {
            config.setCertificateVerification("required");
            config.setTruststoreFile(file("clients.p12"));
            config.setTruststorePassword(PASSWORD);
            config.setTruststoreType("PKCS12");
        }
        return new TestFhirServer((request, response, chain) -> chain.doFilter(request, response), Optional.of(config));
    }

    private static String file(String name) {
        return directory.resolve(name).toString();
    }

    private static void pair(String name, String subject, String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                subject,
                "-validity",
                "2",
                "-keystore",
                file(name + ".p12")));
        arguments.addAll(List.of(more));
        keytool(arguments.toArray(String[]::new));
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD, "-storetype", "PKCS12"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
