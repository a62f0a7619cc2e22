package dev.ecgfhir.ledger;

import java.time.Instant;

/**
 * Who does a job that one node at a time does.
 *
 * @param job kind of work, such as {@code poll}
 * @param subject what it is done for, such as a source's base address
 * @param node the node's name, for people; two nodes may share one
 * @param since when it took the duty, by the database's clock
 * @param held false if it has not renewed it in time: it is dead or cut off, and the next node that asks gets the duty
 */
public record DutyHolder(String job, String subject, String node, Instant since, boolean held) {}
