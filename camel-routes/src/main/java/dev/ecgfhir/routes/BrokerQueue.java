package dev.ecgfhir.routes;

/**
 * Messages that wait in one topic, those in work included.
 *
 * @param source name of the source
 * @param priority {@code urgent}, {@code routine} or {@code backfill}
 * @param waiting how many at the latest look
 */
public record BrokerQueue(String source, String priority, long waiting) {}
