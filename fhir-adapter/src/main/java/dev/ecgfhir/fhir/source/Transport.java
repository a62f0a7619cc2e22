package dev.ecgfhir.fhir.source;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The way to a server.
 *
 * @param trust certificates that a server's is checked against, PEM or PKCS#12; empty: those of the JVM
 * @param identity our own certificate and key for mutual TLS, PKCS#12
 * @param proxy HTTP proxy; empty: the JVM's own properties hold
 */
public record Transport(Optional<Store> trust, Optional<Store> identity, Optional<Proxy> proxy) {
    /**
     * A file of certificates or keys.
     *
     * @param file the file
     * @param password its password; empty for PEM
     */
    public record Store(Path file, String password) {
        @Override
        public String toString() {
            return "Store[file=" + file + ", password=[redacted]]";
        }
    }

    /**
     * An HTTP proxy.
     *
     * @param address {@code http://host:port}
     * @param user user name; empty if it asks for none
     * @param password password of that user
     */
    public record Proxy(URI address, String user, String password) {
        @Override
        public String toString() {
            return "Proxy[address=" + address + ", user=" + user + ", password=[redacted]]";
        }
    }

    /** Returns the way without certificates or proxy of its own. */
    public static Transport direct() {
        return new Transport(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
