package dev.ecgfhir.fhir.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.ecgfhir.fhir.server.TestFhirServer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against Spring Authorization Server, and a FHIR server that takes nothing but its tokens. */
class CredentialsTest {
    private static AuthorizationServer authorization;
    private static JWK rsa;
    private static JWK ec;

    @TempDir
    Path directory;

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final MovableClock clock = new MovableClock();
    private String authMethods = "";
    private TestFhirServer server;

    @BeforeAll
    static void startAuthorizationServer() throws IOException, JOSEException {
        authorization = new AuthorizationServer();
        rsa = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
        ec = new ECKeyGenerator(Curve.P_384).keyID("ec-1").generate();
    }

    @AfterAll
    static void stopAuthorizationServer() {
        authorization.close();
    }

    @BeforeEach
    void start() {
        authorization.register(rsa.toPublicJWK(), ec.toPublicJWK());
        server = new TestFhirServer(this::guard, Optional.empty());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void guard(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        if (asked.getRequestURI().endsWith("/.well-known/smart-configuration")) {
            answer.setContentType("application/json");
            answer.getWriter()
                    .write("{\"token_endpoint\":\"" + authorization.tokenEndpoint() + "\"" + authMethods + "}");
            return;
        }
        String header = String.valueOf(asked.getHeader("Authorization"));
        seen.add(header);
        boolean basic = header.equals(
                "Basic " + Base64.getEncoder().encodeToString("ecg:pässword".getBytes(StandardCharsets.UTF_8)));
        boolean bearer = header.startsWith("Bearer ")
                && !revoked.contains(header)
                && authorization.accepts(header.substring("Bearer ".length()));
        if (basic || bearer) {
            chain.doFilter(request, response);
        } else {
            answer.setStatus(401);
        }
    }

    @Test
    void smart_backend_services_sign_with_rs384() throws IOException {
        poll(backend("rs384", rsa));

        assertThat(seen).singleElement().asString().startsWith("Bearer ");
    }

    @Test
    void smart_backend_services_sign_with_es384() throws IOException {
        poll(backend("es384", ec));

        assertThat(seen).singleElement().asString().startsWith("Bearer ");
    }

    @Test
    void a_client_secret_gets_a_token() throws AccessException {
        poll(source(secret("secret", AuthorizationServer.SECRET)));

        assertThat(seen).singleElement().asString().startsWith("Bearer ");
    }

    @Test
    void a_client_secret_goes_into_the_body_where_discovery_asks_for_that() throws AccessException {
        authMethods = ",\"token_endpoint_auth_methods_supported\":[\"client_secret_post\"]";

        poll(source(secret("secret-in-body", AuthorizationServer.SECRET_IN_BODY)));

        assertThat(seen).hasSize(1);
    }

    @Test
    void a_configured_token_endpoint_needs_no_discovery() throws AccessException {
        poll(source(new Credentials.ClientSecret(
                "secret",
                AuthorizationServer.SECRET,
                new Credentials.TokenRequestTerms(
                        Optional.of(authorization.tokenEndpoint()), AuthorizationServer.SCOPE))));

        assertThat(server.requests()).noneMatch(request -> request.contains("smart-configuration"));
    }

    @Test
    void basic_authentication_is_sent_at_once() throws AccessException {
        poll(source(new Credentials.Basic("ecg", "pässword")));

        assertThat(seen).hasSize(1);
    }

    @Test
    void one_token_serves_many_requests_and_is_renewed_before_it_ends() throws IOException {
        FhirServerSource source = source(backend("rs384", rsa));
        poll(source);
        clock.advance(Duration.ofSeconds(269));
        poll(source);
        assertThat(Set.copyOf(seen)).hasSize(1);

        clock.advance(Duration.ofSeconds(2)); // 29 s before the five minutes are over
        poll(source);
        assertThat(seen).hasSize(3);
        assertThat(Set.copyOf(seen)).hasSize(2);
    }

    @Test
    void a_token_that_the_server_no_longer_takes_is_renewed_once() throws IOException {
        FhirServerSource source = source(backend("rs384", rsa));
        poll(source);
        revoked.addAll(seen);

        poll(source);

        assertThat(seen).hasSize(3);
        assertThat(Set.copyOf(seen)).hasSize(2);
    }

    @Test
    void a_server_that_takes_no_token_is_not_asked_without_end() throws AccessException {
        TestFhirServer open = server;
        server = new TestFhirServer(
                (request, response, chain) -> {
                    if (((HttpServletRequest) request).getRequestURI().endsWith("smart-configuration")) {
                        guard(request, response, chain);
                    } else {
                        seen.add("refused");
                        ((HttpServletResponse) response).setStatus(401);
                    }
                },
                Optional.empty());
        open.close();
        FhirServerSource source = source(secret("secret", AuthorizationServer.SECRET));

        SourceException thrown = catchThrowableOfType(SourceException.class, () -> poll(source));
        assertThat(thrown.reason()).isEqualTo(SourceException.Reason.NOT_ALLOWED);
        assertThat(seen).containsExactly("refused", "refused");
    }

    @Test
    void a_key_is_changed_by_changing_the_file() throws IOException, JOSEException {
        Path file = directory.resolve("key.json");
        FhirServerSource source = source(backend("rs384", file, rsa));
        poll(source);

        JWK next = new RSAKeyGenerator(2048).keyID("rsa-2").generate();
        authorization.register(next.toPublicJWK(), ec.toPublicJWK());
        Files.writeString(file, new JWKSet(List.of(next, rsa)).toString(false));
        revoked.addAll(seen);
        poll(source);

        assertThat(Set.copyOf(seen)).hasSize(2);
    }

    @Test
    void a_client_that_is_refused_is_told_so_without_the_servers_words_or_a_secret() throws AccessException {
        FhirServerSource source = source(secret("secret", "wrong"));

        SourceException thrown = catchThrowableOfType(SourceException.class, () -> poll(source));
        assertThat(thrown.reason()).isEqualTo(SourceException.Reason.NOT_ALLOWED);
        assertThat(thrown)
                .hasMessage("searching " + server.base() + ": token endpoint " + authorization.tokenEndpoint()
                        + " gives client no token: HTTP status 401, error invalid_client");
        assertThat(seen).isEmpty();
    }

    @Test
    void an_authorisation_server_that_is_away_is_waited_for() throws AccessException {
        FhirServerSource source = source(new Credentials.ClientSecret(
                "secret",
                AuthorizationServer.SECRET,
                new Credentials.TokenRequestTerms(
                        Optional.of(URI.create("http://localhost:1/token")), AuthorizationServer.SCOPE)));

        SourceException thrown = catchThrowableOfType(SourceException.class, () -> poll(source));
        assertThat(thrown.retryable()).isTrue();
        assertThat(thrown.reason()).isEqualTo(SourceException.Reason.UNAVAILABLE);
    }

    @Test
    void a_redirect_to_another_server_goes_there_without_credentials() throws AccessException {
        List<String> elsewhere = new CopyOnWriteArrayList<>();
        try (TestFhirServer other = new TestFhirServer(
                        (request, response, chain) -> {
                            elsewhere.add(String.valueOf(((HttpServletRequest) request).getHeader("Authorization")));
                            chain.doFilter(request, response);
                        },
                        Optional.empty());
                TestFhirServer redirecting = new TestFhirServer(
                        (request, response, chain) -> {
                            seen.add(String.valueOf(((HttpServletRequest) request).getHeader("Authorization")));
                            ((HttpServletResponse) response).sendRedirect(other.base() + "/Observation");
                        },
                        Optional.empty())) {
            poll(source(redirecting.base(), new Credentials.Basic("ecg", "password")));
        }

        assertThat(seen).singleElement().asString().startsWith("Basic ");
        assertThat(elsewhere).containsExactly("null");
    }

    @Test
    void a_key_file_without_a_usable_key_is_refused_before_the_first_request() throws IOException {
        Path file = Files.writeString(
                directory.resolve("key.json"), rsa.toPublicJWK().toJSONString());
        Credentials credentials = new Credentials.BackendServices("rs384", file, terms());

        assertThatThrownBy(() -> source(credentials))
                .isInstanceOf(AccessException.class)
                .hasMessage(
                        file
                                + ": holds no private key with a key id (kid) for RS384 (kty RSA) or ES384 (kty EC, crv P-384)");
    }

    @Test
    void no_secret_is_ever_shown() throws IOException {
        assertThat(List.of(
                        secret("secret", "hunter2").toString(),
                        new Credentials.Basic("joe", "hunter2").toString(),
                        new Transport.Store(Path.of("x"), "hunter2").toString(),
                        new Transport.Proxy(URI.create("http://proxy:3128"), "joe", "hunter2").toString(),
                        new AccessTokens.Token("hunter2", Duration.ofMinutes(5)).toString()))
                .allSatisfy(text -> assertThat(text).contains("[redacted]").doesNotContain("hunter2"));
    }

    @Test
    void many_threads_share_one_token() throws IOException {
        FhirServerSource source = source(backend("rs384", rsa));

        IntStream.range(0, 12).parallel().forEach(i -> poll(source));

        assertThat(seen).hasSize(12);
        assertThat(Set.copyOf(seen)).hasSize(1);
    }

    private static Credentials.TokenRequestTerms terms() {
        return new Credentials.TokenRequestTerms(Optional.empty(), AuthorizationServer.SCOPE);
    }

    private static Credentials secret(String client, String secret) {
        return new Credentials.ClientSecret(client, secret, terms());
    }

    private Credentials backend(String client, JWK key) throws IOException {
        return backend(client, directory.resolve("key.json"), key);
    }

    private static Credentials backend(String client, Path file, JWK key) throws IOException {
        Files.writeString(file, key.toJSONString());
        return new Credentials.BackendServices(client, file, terms());
    }

    private void poll(Credentials credentials) throws AccessException {
        poll(source(credentials));
    }

    private static void poll(FhirServerSource source) {
        source.poll(Cursor.start(), page -> {});
    }

    private FhirServerSource source(Credentials credentials) throws AccessException {
        return source(server.base(), credentials);
    }

    private FhirServerSource source(String base, Credentials credentials) throws AccessException {
        return new FhirServerSource(
                FhirClients.client(
                        base, FhirClients.Limits.defaults(), new Access(credentials, Transport.direct()), clock),
                SourceQuery.ecgs());
    }

    /** A clock that the test moves. */
    private static final class MovableClock extends Clock {
        private final Instant start = Instant.now();
        private volatile Duration moved = Duration.ZERO;

        void advance(Duration by) {
            moved = moved.plus(by);
        }

        @Override
        public Instant instant() {
            return start.plus(moved);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
