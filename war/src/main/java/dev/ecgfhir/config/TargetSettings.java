package dev.ecgfhir.config;

/**
 * A FHIR server to write reports to.
 *
 * @param name how the configuration calls it
 * @param server its address
 */
public record TargetSettings(String name, ServerAddress server) {}
