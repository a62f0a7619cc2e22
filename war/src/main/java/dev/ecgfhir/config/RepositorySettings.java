package dev.ecgfhir.config;

/**
 * The embedded FHIR repository.
 *
 * @param enabled false switches it off whole
 * @param database where it stores
 */
public record RepositorySettings(boolean enabled, DatabaseSettings database) {}
