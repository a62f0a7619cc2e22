package dev.ecgfhir.fhir.recording;

import java.util.Optional;

/**
 * One of several Observations that together are one ECG.
 *
 * @param resource type and id, {@code Observation/123}
 * @param version its versionId
 */
public record SourcePart(String resource, Optional<String> version) {
    /** Returns the address under the server's base, with the version where there is one. */
    public String address() {
        return resource + version.map(one -> "/_history/" + one).orElse("");
    }
}
