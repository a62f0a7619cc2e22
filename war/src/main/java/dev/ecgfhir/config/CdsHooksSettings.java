package dev.ecgfhir.config;

import java.time.Duration;
import java.util.Set;

/**
 * The CDS Hooks service.
 *
 * @param enabled true if it is there
 * @param window how long a report counts as new
 * @param origins pages of which other origins may call it, for example {@code https://ehr.example}
 */
public record CdsHooksSettings(boolean enabled, Duration window, Set<String> origins) {
    /** Copies the origins. */
    public CdsHooksSettings {
        origins = Set.copyOf(origins);
    }
}
