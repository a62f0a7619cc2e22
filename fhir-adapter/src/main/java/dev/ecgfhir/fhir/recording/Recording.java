package dev.ecgfhir.fhir.recording;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One ECG as received: its leads in millivolts and what a report needs to know of its origin.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param source where it came from
 * @param leads at least one; iterated in the order of {@link Lead}
 * @param subject whose ECG it is, as the source refers to them
 * @param encounter the encounter, if the source names one
 * @param basedOn orders that it answers
 * @param effective FHIR dateTime, or {@code start/end} of a FHIR Period, exactly as received; empty if the source has none
 * @param flags what a reader should know, as {@code CODE} or {@code CODE:detail}, for example {@code DERIVED_LEADS:III}
 * @param contentHash SHA-256 over leads, sampling frequencies and samples, lower-case hexadecimal; the same signal gives the same hash
 */
public record Recording(
        SourceReference source,
        Map<Lead, RecordedLead> leads,
        Optional<ResourceLink> subject,
        Optional<ResourceLink> encounter,
        List<ResourceLink> basedOn,
        Optional<String> effective,
        List<String> flags,
        String contentHash) {
    /** Copies the collections. */
    public Recording {
        if (leads.isEmpty()) {
            throw new IllegalArgumentException("a recording needs at least one lead");
        }
        leads = Collections.unmodifiableMap(new EnumMap<>(leads));
        basedOn = List.copyOf(basedOn);
        flags = List.copyOf(flags);
    }

    /** Returns the duration of the shortest lead in seconds. */
    public double seconds() {
        return leads.values().stream()
                .mapToDouble(lead -> lead.waveform().seconds())
                .min()
                .orElseThrow();
    }
}
