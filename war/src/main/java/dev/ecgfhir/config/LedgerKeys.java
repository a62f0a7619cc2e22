package dev.ecgfhir.config;

import java.util.List;

/** Settings of the ledger; {@link LedgerSettings}. */
final class LedgerKeys {
    static final Key RETENTION = Key.of(
            "ecgfhir.ledger.retention",
            "",
            "1d..36500d",
            "How long the ledger keeps the rows of an ECG that is done with: all of them DELIVERED, REFUSED or IGNORED. Without it they stay for ever; a dead row always does.");
    static final Key JDBC_URL = Key.of(
            "ecgfhir.ledger.jdbc-url",
            "H2 file in the data directory",
            DatabaseSettings.ALLOWED,
            "Database of the ledger; it uses the schema ecg.");
    static final Key USER = Key.of("ecgfhir.ledger.user", "sa", "any text", "User of that database.");
    static final Key PASSWORD = Key.secret("ecgfhir.ledger.password", "Password of that user.");

    /** All of them, in the order of the documentation. */
    static final List<Key> ALL = List.of(RETENTION, JDBC_URL, USER, PASSWORD);

    private LedgerKeys() {}
}
