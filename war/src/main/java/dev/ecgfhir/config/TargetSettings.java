package dev.ecgfhir.config;

import dev.ecgfhir.fhir.source.Access;

/**
 * A FHIR server to write reports to.
 *
 * @param name how the configuration calls it
 * @param server its address
 * @param sameIds true if it knows patients, encounters and orders by the ids of the source
 * @param access how the server is reached and told who we are
 */
public record TargetSettings(String name, ServerAddress server, boolean sameIds, Access access) {}
