package dev.ecgfhir.config;

import java.nio.file.Path;

/**
 * Where the ledger is: all that a command needs to look into it.
 *
 * @param dataDirectory everything that the server writes
 * @param ledger database of the ledger
 */
public record LedgerSettings(Path dataDirectory, DatabaseSettings ledger) {}
