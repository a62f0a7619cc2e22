package dev.ecgfhir.fhir.source;

import java.time.Instant;
import java.util.Optional;

/**
 * One version of an Observation that a source has, without its content.
 *
 * @param resource type and id, {@code Observation/7}
 * @param version the resource's versionId; on a server that does not version, {@code @} and its last update, so that a change is
 *     still seen as one ({@code @} cannot stand in a FHIR id)
 * @param lastUpdated when this version was written, by the server's clock; where the server does not stamp its rows, when it answered
 * @param subject reference to the patient; empty where the source does not say, as for a deletion
 */
public record Found(String resource, String version, Instant lastUpdated, Optional<String> subject) {
    static final String NOT_A_VERSION_ID = "@";

    /** Checks the form. */
    public Found {
        if (!resource.startsWith("Observation/") || resource.indexOf('/', "Observation/".length()) >= 0) {
            throw new IllegalArgumentException("resource must be Observation/<id>, was '" + resource + "'");
        }
        if (version.isEmpty()) {
            throw new IllegalArgumentException("version of " + resource + " is empty");
        }
    }

    /** Makes one whose patient is not known. */
    public Found(String resource, String version, Instant lastUpdated) {
        this(resource, version, lastUpdated, Optional.empty());
    }

    /** Returns the id without the type. */
    public String id() {
        return resource.substring("Observation/".length());
    }

    /** Names no patient. */
    @Override
    public String toString() {
        return resource + " version " + version + " of " + lastUpdated;
    }

    /** Returns the versionId by which this version can be read; empty if the server does not version. */
    public Optional<String> versionId() {
        return version.startsWith(NOT_A_VERSION_ID) ? Optional.empty() : Optional.of(version);
    }
}
