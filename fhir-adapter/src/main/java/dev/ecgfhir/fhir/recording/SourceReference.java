package dev.ecgfhir.fhir.recording;

import java.util.Optional;

/**
 * Where a recording came from.
 *
 * @param base address of the FHIR server, or the file's name
 * @param resource type and id, {@code Observation/123}; empty where the resource has no id
 * @param version the resource's versionId
 */
public record SourceReference(String base, Optional<String> resource, Optional<String> version) {}
