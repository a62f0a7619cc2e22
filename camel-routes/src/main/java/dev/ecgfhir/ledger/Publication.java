package dev.ecgfhir.ledger;

/**
 * A row that is offered to all nodes through a broker.
 *
 * @param entry the row
 * @param spread what belongs together has the same number, 0..65535
 * @param ticket tells this offer from every other one of the row
 */
public record Publication(LedgerEntry entry, int spread, String ticket) {}
