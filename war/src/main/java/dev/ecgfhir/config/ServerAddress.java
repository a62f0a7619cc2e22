package dev.ecgfhir.config;

import java.net.URI;
import java.util.Optional;

/**
 * Where a FHIR server is.
 *
 * @param url its base address without trailing slash; empty: the embedded repository
 */
public record ServerAddress(Optional<URI> url) {
    /** Returns true for the embedded repository. */
    public boolean self() {
        return url.isEmpty();
    }

    /**
     * Returns the base address.
     *
     * @param own that of the embedded repository
     * @return the address, without trailing slash
     */
    public String base(String own) {
        return url.map(URI::toString).orElse(own);
    }
}
