package dev.ecgfhir.config;

import java.util.List;

/**
 * The settings that say how a server is reached and told who we are; sources and targets have the same.
 *
 * @param group sources or targets
 * @param auth what tells who we are
 * @param user user name for basic
 * @param password password for basic
 * @param clientId client id for client-secret and smart
 * @param clientSecret secret for client-secret
 * @param privateKey key file for smart
 * @param tokenUrl token endpoint
 * @param scope what a token is asked for
 * @param trustStore certificates that the server's is checked against
 * @param trustStorePassword password of that file
 * @param keyStore our certificate and key
 * @param keyStorePassword password of that file
 * @param proxy HTTP proxy
 * @param proxyUser user there
 * @param proxyPassword password of that user
 */
record AccessKeys(
        String group,
        Key auth,
        Key user,
        Key password,
        Key clientId,
        Key clientSecret,
        Key privateKey,
        Key tokenUrl,
        Key scope,
        Key trustStore,
        Key trustStorePassword,
        Key keyStore,
        Key keyStorePassword,
        Key proxy,
        Key proxyUser,
        Key proxyPassword) {
    /**
     * Returns the settings of one kind of server.
     *
     * @param group sources or targets
     */
    static AccessKeys of(String group) {
        String prefix = Keys.PREFIX + group + ".NAME.";
        return new AccessKeys(
                group,
                Key.of(
                        prefix + "auth",
                        "none",
                        "none, basic, client-secret or smart",
                        "How that server is told who we are; client-secret and smart get OAuth 2.0 tokens, smart by a signed assertion"
                                + " (SMART Backend Services)."),
                Key.of(prefix + "user", "", "any text", "User name for basic."),
                Key.secret(prefix + "password", "Password for basic."),
                Key.of(prefix + "client-id", "", "any text", "Client id for client-secret and smart."),
                Key.secret(prefix + "client-secret", "Secret for client-secret."),
                Key.of(
                        prefix + "private-key",
                        "",
                        "an existing file",
                        "JSON Web Key or Key Set for smart: RSA (RS384) or EC P-384 (ES384), with kid. Read anew for each token."),
                Key.of(
                        prefix + "token-url",
                        "that of .well-known/smart-configuration",
                        "an http or https address without query",
                        "Token endpoint for client-secret and smart."),
                Key.of(
                        prefix + "scope",
                        "what is needed to read and to write",
                        "scopes, separated by spaces",
                        "What a token is asked for."),
                Key.of(
                        prefix + "trust-store",
                        "the JVM's",
                        "an existing file, PEM or PKCS#12",
                        "Certificates that that server's and its authorisation server's are checked against, in place of the JVM's."),
                Key.secret(prefix + "trust-store-password", "Password of that file; PEM needs none."),
                Key.of(
                        prefix + "key-store",
                        "",
                        "an existing file, PKCS#12",
                        "Our certificate and its key for a server that asks for one (mutual TLS)."),
                Key.secret(prefix + "key-store-password", "Password of that file."),
                Key.of(prefix + "proxy", "the JVM's", "http://HOST:PORT", "HTTP proxy on the way to that server."),
                Key.of(prefix + "proxy-user", "", "any text", "User name that the proxy asks for."),
                Key.secret(prefix + "proxy-password", "Password of that user."));
    }

    /** Returns them in the order of the documentation. */
    List<Key> all() {
        return List.of(
                auth,
                user,
                password,
                clientId,
                clientSecret,
                privateKey,
                tokenUrl,
                scope,
                trustStore,
                trustStorePassword,
                keyStore,
                keyStorePassword,
                proxy,
                proxyUser,
                proxyPassword);
    }
}
