package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.source.FhirClients;

/**
 * A FHIR server that reports are written to.
 *
 * @param name letters, digits, dash, dot and underscore; stands in the ledger, in the ids of routes and in logs
 * @param url base address
 * @param sameIds true if it knows patients, encounters and orders by the source's ids although it is another server
 */
public record TargetRouteConfig(String name, String url, boolean sameIds) {
    /** Checks the name. */
    public TargetRouteConfig {
        Names.check("target", name);
        url = FhirClients.withoutSlash(url);
    }
}
