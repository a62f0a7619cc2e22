package dev.ecgfhir.api;

import java.util.Optional;

/** Where this server's own FHIR endpoint is. */
public interface OwnEndpoint {
    /** Returns its base address without trailing slash; empty while it is neither configured nor known. */
    Optional<String> fhirBase();
}
