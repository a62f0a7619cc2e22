package dev.ecgfhir.fhir.source;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the pull from one source has come. Everything that the server had written before the watermark has been handed on.
 *
 * <p>The watermark comes from the server's data and clock alone, never from ours.
 *
 * @param watermark instant by the server's clock; empty before the first poll, which then reads everything
 */
public record Cursor(Optional<Instant> watermark) {
    private static final String PREFIX = "lastUpdated:";

    /** Returns the cursor that reads a source from its beginning. */
    public static Cursor start() {
        return new Cursor(Optional.empty());
    }

    /**
     * Returns the cursor that reads what was written at or after an instant.
     *
     * @param instant by the server's clock
     */
    public static Cursor from(Instant instant) {
        return new Cursor(Optional.of(instant));
    }

    /**
     * Reads the form that {@link #text()} writes.
     *
     * @param text the stored form; empty for the beginning
     * @return the cursor
     * @throws IllegalArgumentException if the text is none of ours: a cursor that was guessed could skip recordings
     */
    public static Cursor parse(String text) {
        if (text.isEmpty()) {
            return start();
        }
        if (text.startsWith(PREFIX)) {
            try {
                return from(Instant.parse(text.substring(PREFIX.length())));
            } catch (DateTimeException e) {
                throw unreadable(text, e);
            }
        }
        throw unreadable(text, null);
    }

    /** Returns the form for storage, for example {@code lastUpdated:2026-11-24T03:03:00Z}; empty for the beginning. */
    public String text() {
        return watermark.map(instant -> PREFIX + instant).orElse("");
    }

    private static IllegalArgumentException unreadable(String text, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "a cursor must be empty or lastUpdated:<instant>, for example lastUpdated:2026-11-24T03:03:00Z, was '"
                        + text + "'",
                cause);
    }
}
