package dev.ecgfhir.ledger;

/**
 * Rows in progress that wait for one server.
 *
 * @param state DISCOVERED or INTERPRETED
 * @param server base address of their source, or name of their target
 * @param rows how many
 */
public record WaitingRows(State state, String server, long rows) {}
