package dev.ecgfhir.config;

/**
 * A text that is never shown.
 *
 * @param value the text itself
 */
public record Secret(String value) {
    static final String REDACTED = "[redacted]";

    /** Returns {@code [redacted]}. */
    @Override
    public String toString() {
        return REDACTED;
    }
}
