package dev.ecgfhir.ledger;

import java.time.Instant;

/**
 * One version of a recording, as a source showed it.
 *
 * @param resource type and id, {@code Observation/7}; at most 200 characters
 * @param version the source's version; at most 100 characters
 * @param sourceUpdated when the source wrote this version, by its clock
 * @param priority which rows are taken first
 */
public record Discovery(String resource, String version, Instant sourceUpdated, Priority priority) {}
