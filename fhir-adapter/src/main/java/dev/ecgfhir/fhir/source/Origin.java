package dev.ecgfhir.fhir.source;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.apache.http.HttpHost;

/**
 * The server that an address belongs to: credentials are sent to it and to no other (RFC 6454).
 *
 * @param scheme http or https
 * @param host lower case
 * @param port the scheme's own where the address names none
 */
record Origin(String scheme, String host, int port) {
    /** Returns an address' origin; empty if it is not absolute. */
    static Optional<Origin> of(URI address) {
        return address.getScheme() == null || address.getHost() == null
                ? Optional.empty()
                : Optional.of(of(address.getScheme(), address.getHost(), address.getPort()));
    }

    static Origin of(HttpHost host) {
        return of(host.getSchemeName(), host.getHostName(), host.getPort());
    }

    private static Origin of(String scheme, String host, int port) {
        String lower = scheme.toLowerCase(Locale.ROOT);
        int known = port >= 0 ? port : "https".equals(lower) ? 443 : 80;
        return new Origin(lower, host.toLowerCase(Locale.ROOT), known);
    }
}
