package dev.ecgfhir.fhir.file;

import dev.ecgfhir.fhir.recording.ReadOutcome;
import java.util.Optional;

/**
 * One ECG of a file, or what stands in its place.
 *
 * @param input the file as it was named by the caller
 * @param resource type and id of the resource, for example {@code Observation/ekg}; empty where it has none
 * @param outcome what became of it
 */
public record FileEntry(String input, Optional<String> resource, ReadOutcome outcome) {}
