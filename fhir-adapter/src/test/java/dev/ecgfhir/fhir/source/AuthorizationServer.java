package dev.ecgfhir.fhir.source;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/**
 * Spring Authorization Server on a free port, with clients {@code rs384} and {@code es384} (keys behind a JWK Set address), {@code
 * secret} and {@code secret-in-body}; tokens hold five minutes.
 */
final class AuthorizationServer implements AutoCloseable {
    static final String SECRET = "a shared secret";
    static final String SECRET_IN_BODY = "another shared secret";
    static final String SCOPE = "system/Observation.rs";
    /** For the keys to be fetched; the library's own half second is too short for twelve callers on a busy machine. */
    private static final int PATIENCE_MS = 30_000;

    private final List<JWK> registered = new CopyOnWriteArrayList<>();
    private final HttpServer keys;
    private final ServletWebServerApplicationContext context;

    AuthorizationServer() throws IOException {
        keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        keys.createContext("/jwks.json", exchange -> {
            byte[] set = new JWKSet(new ArrayList<>(registered)).toString(true).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, set.length);
            exchange.getResponseBody().write(set);
            exchange.close();
        });
        keys.start();
        String address = "http://localhost:" + keys.getAddress().getPort() + "/jwks.json";
        context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Application.class)
                .properties(Map.of(
                        "server.port",
                        "0",
                        "spring.main.banner-mode",
                        "off",
                        "logging.level.root",
                        "error",
                        "jwks",
                        address))
                .run();
    }

    /** Publishes keys of the clients in place of those before. */
    void register(JWK... publicKeys) {
        registered.clear();
        registered.addAll(List.of(publicKeys));
    }

    URI tokenEndpoint() {
        return URI.create("http://localhost:" + context.getWebServer().getPort() + "/oauth2/token");
    }

    /** Tells whether a token is one of this server's and still holds. */
    boolean accepts(String token) {
        try {
            JWKSource<SecurityContext> issued = JWKSourceBuilder.create(
                            tokenEndpoint().resolve("/oauth2/jwks").toURL(),
                            new DefaultResourceRetriever(PATIENCE_MS, PATIENCE_MS))
                    .build();
            DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, issued));
            return String.valueOf(processor.process(token, null).getClaim("scope"))
                    .contains(SCOPE);
        } catch (BadJOSEException | ParseException e) {
            return false;
        } catch (JOSEException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        keys.stop(0);
    }

    /** The application. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        @Bean
        RegisteredClientRepository clients(org.springframework.core.env.Environment environment) {
            String jwks = environment.getRequiredProperty("jwks");
            return new InMemoryRegisteredClientRepository(
                    client("rs384", ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                            .clientSettings(assertion(jwks, SignatureAlgorithm.RS384))
                            .build(),
                    client("es384", ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                            .clientSettings(assertion(jwks, SignatureAlgorithm.ES384))
                            .build(),
                    client("secret", ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                            .clientSecret("{noop}" + SECRET)
                            .build(),
                    client("secret-in-body", ClientAuthenticationMethod.CLIENT_SECRET_POST)
                            .clientSecret("{noop}" + SECRET_IN_BODY)
                            .build());
        }

        private static RegisteredClient.Builder client(String id, ClientAuthenticationMethod method) {
            return RegisteredClient.withId(UUID.randomUUID().toString())
                    .clientId(id)
                    .clientAuthenticationMethod(method)
                    .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                    .scope(SCOPE)
                    .tokenSettings(TokenSettings.builder()
                            .accessTokenTimeToLive(Duration.ofMinutes(5))
                            .build());
        }

        private static ClientSettings assertion(String jwks, SignatureAlgorithm algorithm) {
            return ClientSettings.builder()
                    .jwkSetUrl(jwks)
                    .tokenEndpointAuthenticationSigningAlgorithm(algorithm)
                    .build();
        }
    }
}
