package dev.ecgfhir.ledger;

/**
 * How many rows stand where for which reason.
 *
 * @param state where they stand
 * @param reason stable code
 * @param rows how many
 */
public record ReasonCount(State state, String reason, long rows) {}
