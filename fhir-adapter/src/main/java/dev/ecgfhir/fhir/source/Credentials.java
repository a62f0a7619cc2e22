package dev.ecgfhir.fhir.source;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** How a server is told who we are. None of these shows a secret in its text. */
public sealed interface Credentials {
    /** Returns what stands in place of a secret. */
    private static String redacted() {
        return "[redacted]";
    }

    /** Nothing is told; a client certificate may still tell it. */
    record None() implements Credentials {}

    /**
     * HTTP Basic, sent with each request.
     *
     * @param user user name
     * @param password password
     */
    record Basic(String user, String password) implements Credentials {
        @Override
        public String toString() {
            return "Basic[user=" + user + ", password=" + redacted() + "]";
        }
    }

    /**
     * An access token by OAuth 2.0 client credentials with a shared secret (RFC 6749, sections 2.3.1 and 4.4).
     *
     * @param clientId as the authorisation server knows us
     * @param secret the shared secret
     * @param tokens where a token is asked for, and for what
     */
    record ClientSecret(String clientId, String secret, TokenRequestTerms tokens) implements Credentials {
        @Override
        public String toString() {
            return "ClientSecret[clientId=" + clientId + ", secret=" + redacted() + ", tokens=" + tokens + "]";
        }
    }

    /**
     * An access token by SMART Backend Services: client credentials with a signed assertion, RS384 or ES384.
     *
     * @param clientId as the authorisation server knows us
     * @param keyFile JSON Web Key or Key Set with a private key; read anew for each token, so that a key is changed by changing the file
     * @param tokens where a token is asked for, and for what
     */
    record BackendServices(String clientId, Path keyFile, TokenRequestTerms tokens) implements Credentials {}

    /**
     * Where a token is asked for, and for what.
     *
     * @param endpoint token endpoint; empty: the one that the server's {@code .well-known/smart-configuration} names
     * @param scope scopes, separated by spaces
     */
    record TokenRequestTerms(Optional<URI> endpoint, String scope) {}
}
