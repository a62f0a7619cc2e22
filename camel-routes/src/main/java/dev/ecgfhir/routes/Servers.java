package dev.ecgfhir.routes;

import ca.uhn.fhir.rest.client.api.IGenericClient;

/** Gives clients with whatever time limits and credentials a server needs. */
@FunctionalInterface
public interface Servers {
    /**
     * Returns a client that is safe to share between threads.
     *
     * @param name name of the source or target
     * @param url base address
     */
    IGenericClient client(String name, String url);
}
