package dev.ecgfhir.fhir.recording;

import java.util.List;
import java.util.Optional;

/**
 * What a recording tells besides its signal, copied from the source.
 *
 * @param subject whose ECG it is
 * @param encounter the encounter
 * @param basedOn orders that it answers
 * @param effective FHIR dateTime, or {@code start/end} of a FHIR Period, as received
 */
public record RecordingContext(
        Optional<ResourceLink> subject,
        Optional<ResourceLink> encounter,
        List<ResourceLink> basedOn,
        Optional<String> effective) {
    /** Copies the list. */
    public RecordingContext {
        basedOn = List.copyOf(basedOn);
    }

    /** Returns a context of which nothing is known. */
    public static RecordingContext unknown() {
        return new RecordingContext(Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }
}
