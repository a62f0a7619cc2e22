package dev.ecgfhir.fhir.file;

import dev.ecgfhir.fhir.recording.IgnoreReason;
import dev.ecgfhir.fhir.recording.ObservationReader;
import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.fhir.recording.ResourceParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;

/**
 * The entries of one FHIR resource in text form: an Observation is one, a Bundle has one for each of its Observations.
 *
 * <p>Other resources of a Bundle (patients, devices) make no entry. A document without any Observation makes one that says so. Immutable
 * and safe to share between threads.
 */
final class ResourceEntries {
    private final ResourceParser parser = new ResourceParser();
    private final ObservationReader reader;

    ResourceEntries(ObservationReader reader) {
        this.reader = reader;
    }

    /**
     * Reads a resource.
     *
     * @param text JSON or XML
     * @param input the file as the caller named it
     * @param base the file's name, for the recordings' source
     */
    List<FileEntry> read(String text, String input, String base) {
        ResourceParser.Parsed parsed = parser.parse(text);
        if (parsed instanceof ResourceParser.Unreadable unreadable) {
            return List.of(new FileEntry(input, Optional.empty(), unreadable.outcome()));
        }
        if (parsed instanceof ResourceParser.Resource resource) {
            return read(resource.resource(), input, base);
        }
        throw new IllegalStateException("unknown parse result " + parsed.getClass());
    }

    private List<FileEntry> read(IBaseResource resource, String input, String base) {
        List<FileEntry> entries = new ArrayList<>();
        collect(resource, input, base, entries);
        if (entries.isEmpty()) {
            entries.add(new FileEntry(
                    input,
                    name(resource),
                    new ReadOutcome.Ignored(
                            IgnoreReason.NOT_AN_OBSERVATION,
                            resource instanceof Bundle bundle
                                    ? "the Bundle has " + bundle.getEntry().size()
                                            + " entries and no Observation among them"
                                    : "the resource is a " + resource.fhirType())));
        }
        return entries;
    }

    private void collect(IBaseResource resource, String input, String base, List<FileEntry> entries) {
        if (resource instanceof Observation observation) {
            entries.add(new FileEntry(input, name(observation), reader.read(observation, base)));
        } else if (resource instanceof Bundle bundle) {
            for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
                if (entry.hasResource()) {
                    collect(entry.getResource(), input, base, entries);
                }
            }
        }
    }

    private static Optional<String> name(IBaseResource resource) {
        return Optional.ofNullable(resource.getIdElement().getIdPart())
                .filter(id -> !id.isBlank())
                .map(id -> resource.fhirType() + "/" + id);
    }
}
