package dev.ecgfhir.fhir.recording;

import java.util.List;
import java.util.Optional;

/**
 * Where a recording came from.
 *
 * @param base address of the FHIR server, or the file's name
 * @param resource type and id, {@code Observation/123}; empty where the resource has no id. Of an ECG whose leads are one Observation
 *     each, the one of lead I
 * @param version the resource's versionId
 * @param parts all Observations of an ECG whose leads are one Observation each, in the order of {@link Lead}; otherwise empty
 */
public record SourceReference(
        String base, Optional<String> resource, Optional<String> version, List<SourcePart> parts) {
    /** Copies the list. */
    public SourceReference {
        parts = List.copyOf(parts);
    }

    /** Names a single resource. */
    public SourceReference(String base, Optional<String> resource, Optional<String> version) {
        this(base, resource, version, List.of());
    }
}
