package dev.ecgfhir.config;

import java.time.Duration;

/**
 * The CDS Hooks service.
 *
 * @param enabled true if it is there
 * @param window how long a report counts as new
 */
public record CdsHooksSettings(boolean enabled, Duration window) {}
