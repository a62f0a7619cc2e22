package dev.ecgfhir.ledger;

import java.time.Duration;
import java.time.Instant;

/**
 * What tells of a row to which group it belongs.
 *
 * @param key hash over what members have in common, at most 64 characters
 * @param effective when the recording began
 * @param lead name of the lead, at most 5 characters
 * @param tolerance how far the times of members may lie from that of the first one
 * @param waiting how long a group waits for leads that are missing
 */
public record GroupPart(String key, Instant effective, String lead, Duration tolerance, Duration waiting) {}
