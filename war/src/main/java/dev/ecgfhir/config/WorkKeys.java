package dev.ecgfhir.config;

import java.util.List;

/** Settings of how ECGs are worked on, by one server or several; {@link WorkSettings} and {@code NodeConfig}. */
final class WorkKeys {
    static final Key INTERPRET_WORKERS =
            Key.of("ecgfhir.work.interpret-workers", "2", "1..256", "ECGs that are interpreted at once.");
    static final Key DELIVER_WORKERS =
            Key.of("ecgfhir.work.deliver-workers", "2", "1..64", "Reports that are delivered at once to each server.");
    static final Key LEASE = Key.of(
            "ecgfhir.work.lease",
            "10m",
            "10s..24h",
            "How long an ECG belongs to the worker that took it up; after that another one may. Longer than the slowest answer of a server.");
    static final Key NODE_NAME = Key.of(
            "ecgfhir.node.name",
            "the machine's name",
            "letters, digits, dots, dashes and underscores, 1..100",
            "What this server is called where several share a ledger: health and status name the one that polls a source.");
    static final Key NODE_RENEWAL = Key.of(
            "ecgfhir.node.renewal",
            "2s",
            "100ms..10m",
            "How often the server that polls a source renews its right to; another one takes over when it has not for three times as long.");
    static final Key RETRY_FIRST = Key.of(
            "ecgfhir.retry.first", "1s", "10ms..1h", "Pause after a first failure; it doubles with each further one.");
    static final Key RETRY_LONGEST =
            Key.of("ecgfhir.retry.longest", "5m", "10ms..24h", "Longest pause; not shorter than the first one.");
    static final Key RETRY_FAILURES = Key.of(
            "ecgfhir.retry.maximum-failures",
            "5",
            "1..1000",
            "Failures of one ECG after which it is given up (DEAD, can be replayed). A server that cannot be reached does not count.");

    /** All of them, in the order of the documentation. */
    static final List<Key> ALL = List.of(
            INTERPRET_WORKERS,
            DELIVER_WORKERS,
            LEASE,
            NODE_NAME,
            NODE_RENEWAL,
            RETRY_FIRST,
            RETRY_LONGEST,
            RETRY_FAILURES);

    private WorkKeys() {}
}
