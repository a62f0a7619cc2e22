package dev.ecgfhir.config;

import java.util.List;

/** Settings of the embedded repository and of what it tells by itself; {@link RepositorySettings} and {@link CdsHooksSettings}. */
final class RepositoryKeys {
    static final Key REPOSITORY_ENABLED = Key.of(
            "ecgfhir.repository.enabled",
            "true",
            Key.FLAG,
            "The embedded FHIR repository at /fhir. Without it /fhir has metadata, $interpret and terminology.");
    static final Key REPOSITORY_JDBC_URL = Key.of(
            "ecgfhir.repository.jdbc-url",
            "H2 file in the data directory",
            DatabaseSettings.ALLOWED,
            "Database of the embedded repository; it uses the schema fhir.");
    static final Key REPOSITORY_USER = Key.of("ecgfhir.repository.user", "sa", "any text", "User of that database.");
    static final Key REPOSITORY_PASSWORD = Key.secret("ecgfhir.repository.password", "Password of that user.");
    static final Key CDS_HOOKS_ENABLED = Key.of(
            "ecgfhir.cds-hooks.enabled",
            "false",
            Key.FLAG,
            "A CDS Hooks service at /cds-services that tells of new critical findings nobody has confirmed.");
    static final Key CDS_HOOKS_WINDOW = Key.of(
            "ecgfhir.cds-hooks.window",
            "72h",
            "1h..8760h",
            "How long after it was issued a report counts as new for CDS Hooks.");
    static final Key CDS_HOOKS_ORIGINS = Key.of(
            "ecgfhir.cds-hooks.origins",
            "",
            "origins as https://ehr.example, separated by commas",
            "Pages of these origins, in a browser on this machine, may call the CDS Hooks service (CORS).");

    /** All of them, in the order of the documentation. */
    static final List<Key> ALL = List.of(
            REPOSITORY_ENABLED,
            REPOSITORY_JDBC_URL,
            REPOSITORY_USER,
            REPOSITORY_PASSWORD,
            CDS_HOOKS_ENABLED,
            CDS_HOOKS_WINDOW,
            CDS_HOOKS_ORIGINS);

    private RepositoryKeys() {}
}
