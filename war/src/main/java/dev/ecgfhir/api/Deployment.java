package dev.ecgfhir.api;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the CapabilityStatement and the pages tell of this installation.
 *
 * @param softwareVersion version of this product
 * @param baseUrl configured address of the application without /fhir; empty: what the request names
 * @param description what reads the ECGs at present, one line for people
 */
public record Deployment(String softwareVersion, Optional<String> baseUrl, Supplier<String> description) {}
