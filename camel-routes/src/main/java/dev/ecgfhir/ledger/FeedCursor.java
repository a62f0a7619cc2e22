package dev.ecgfhir.ledger;

import java.time.Instant;

/**
 * How far one feed of a source has come.
 *
 * @param source the source's base address
 * @param feed {@code search}, {@code sweep} or {@code deletions}
 * @param text as it was saved
 * @param updatedAt when
 */
public record FeedCursor(String source, String feed, String text, Instant updatedAt) {}
