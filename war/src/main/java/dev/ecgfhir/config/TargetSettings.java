package dev.ecgfhir.config;

/**
 * A FHIR server to write reports to.
 *
 * @param name how the configuration calls it
 * @param server its address
 * @param sameIds true if it knows patients, encounters and orders by the ids of the source
 */
public record TargetSettings(String name, ServerAddress server, boolean sameIds) {}
