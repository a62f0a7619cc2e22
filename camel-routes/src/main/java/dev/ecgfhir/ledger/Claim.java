package dev.ecgfhir.ledger;

/**
 * The right to work on a row until its lease ends. Whoever comes back later with a claim whose lease has passed to somebody else
 * changes nothing.
 *
 * @param entry the row as claimed
 * @param lease what tells this claim from every other; never given out twice
 */
public record Claim(LedgerEntry entry, String lease) {}
