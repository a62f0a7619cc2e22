package dev.ecgfhir.ledger;

import java.time.Instant;

/**
 * One lead of a group.
 *
 * @param id the row
 * @param resource type and id, {@code Observation/7}
 * @param version the source's version
 * @param sourceUpdated when the source wrote this version, by its clock
 * @param lead name of the lead
 * @param state where the row stands
 */
public record GroupMember(long id, String resource, String version, Instant sourceUpdated, String lead, State state) {}
