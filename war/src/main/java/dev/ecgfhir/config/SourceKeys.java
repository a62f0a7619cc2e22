package dev.ecgfhir.config;

import java.util.List;

/** Settings of a server that ECGs are read from; {@link SourceSettings}. */
final class SourceKeys {
    static final Key URL = Key.of(
            "ecgfhir.sources.NAME.url",
            "",
            "an http or https address, or self",
            "FHIR server to read ECGs from; self is the embedded repository.");
    static final Key POLL_INTERVAL =
            Key.of("ecgfhir.sources.NAME.poll-interval", "5s", "100ms..24h", "Pause between two looks at that server.");
    static final Key TARGET = Key.of(
            "ecgfhir.sources.NAME.target",
            "the source itself",
            "a NAME under ecgfhir.targets or ecgfhir.sources",
            "Server that gets the reports on this source's ECGs.");
    static final Key QUERY = Key.of(
            "ecgfhir.sources.NAME.query",
            "the ECG codes of MDC and LOINC",
            "FHIR search parameters, a=b&c=d",
            "Which Observations are looked at, beside _lastUpdated, _count and _elements.");
    static final Key PAGE_SIZE =
            Key.of("ecgfhir.sources.NAME.page-size", "50", "1..1000", "Resources asked for on one page of a search.");
    static final Key OVERLAP = Key.of(
            "ecgfhir.sources.NAME.overlap",
            "10s",
            "0s..24h",
            "How far each look goes back before the last one, for servers whose clocks differ or commit late.");
    static final Key SWEEP_INTERVAL = Key.of(
            "ecgfhir.sources.NAME.sweep-interval",
            "1h",
            "1m..7d",
            "How often everything since the sweep before the last one is looked for again. An ECG is found that becomes visible within this time"
                    + " of its stamp.");
    static final Key DELETIONS_INTERVAL = Key.of(
            "ecgfhir.sources.NAME.deletions-interval",
            "1m",
            "0s..24h",
            "How often deletions are looked for in that server's history of Observations, where it has one; 0s never.");
    static final Key DEFAULT_UNIT = Key.of(
            "ecgfhir.sources.NAME.default-unit",
            "",
            "mV, uV, nV or V",
            "Unit of samples that carry none. Without it such an ECG is refused.");
    static final Key LEAD_ORDER = Key.of(
            "ecgfhir.sources.NAME.lead-order",
            "",
            "leads separated by commas, each once",
            "Leads of an ECG in which nothing names any, in its own order: I,II,III,aVR,aVL,aVF,V1,V2,V3,V4,V5,V6. Without it such an ECG is refused.");
    static final Key MAXIMUM_POINTS = Key.of(
            "ecgfhir.sources.NAME.maximum-points",
            "4000000",
            "1..100000000",
            "Most samples of one ECG, all leads together. One with more is refused (TOO_LONG). Each takes about 32 bytes of memory while it is read.");
    static final Key MAXIMUM_MEGABYTES = Key.of(
            "ecgfhir.sources.NAME.maximum-megabytes",
            "256",
            "1..4096",
            "Most that server may answer at once, 1048576 bytes each, decompressed: an Observation or a page. An ECG with more is refused (TOO_LONG).");
    static final Key WORKERS = Key.of(
            "ecgfhir.sources.NAME.interpret-workers",
            "that of ecgfhir.work",
            "1..256",
            "Most ECGs of that server in work at once; with Kafka, of each priority. ecgfhir.work.interpret-workers holds for all servers together beside it.");
    static final Key JOIN = Key.of(
            "ecgfhir.sources.NAME.join-leads",
            "false",
            "true or false",
            "Whether that server's Observations of one lead are joined into ECGs by subject, device and time. Each of them then waits for the others.");
    static final Key JOIN_TOLERANCE = Key.of(
            "ecgfhir.sources.NAME.join-tolerance",
            "1s",
            "0s..1m",
            "How far the times of Observations of one ECG may lie apart from that of the first one found.");
    static final Key JOIN_WAIT = Key.of(
            "ecgfhir.sources.NAME.join-wait",
            "2m",
            "1s..24h",
            "How long an ECG waits for leads that are missing, before it is refused (INCOMPLETE_GROUP) or read with those that can be calculated.");
    static final Key REQUESTS = Key.of(
            "ecgfhir.sources.NAME.requests-per-minute",
            "0",
            "0..1000000",
            "Most requests a minute to that server from this node, of every kind; 0 for no limit.");
    static final Key BEGIN = Key.of(
            "ecgfhir.sources.NAME.begin",
            "archive",
            "archive or now",
            "Where the first look at that server begins: at its oldest ECG, or with what is written from then on, where its archive is left to"
                    + " the command backfill.");
    static final Key BACKFILL_RATE = Key.of(
            "ecgfhir.sources.NAME.backfill-rate",
            "0",
            "0..1000000",
            "Most new ECGs a minute that a backfill of that server finds, where its order names no rate; 0 for no limit.");
    static final Key BACKFILL_QUEUE = Key.of(
            "ecgfhir.sources.NAME.backfill-queue",
            "10000",
            "1..10000000",
            "ECGs of that server's archive that may wait to be interpreted; a backfill waits while there are as many.");
    static final Key EXPORT = Key.of(
            "ecgfhir.sources.NAME.export",
            "$export",
            "$export, Patient/$export or Group/ID/$export",
            "Bulk Data operation of that server by which backfill exports its archive: of everything, of all patients or of a group.");

    /** How it is reached and who asks. */
    static final AccessKeys ACCESS = AccessKeys.of("sources");

    /** All of them but those of access, in the order of the documentation. */
    static final List<Key> ALL = List.of(
            URL,
            POLL_INTERVAL,
            TARGET,
            QUERY,
            PAGE_SIZE,
            OVERLAP,
            SWEEP_INTERVAL,
            DELETIONS_INTERVAL,
            DEFAULT_UNIT,
            LEAD_ORDER,
            MAXIMUM_POINTS,
            MAXIMUM_MEGABYTES,
            WORKERS,
            JOIN,
            JOIN_TOLERANCE,
            JOIN_WAIT,
            REQUESTS,
            BEGIN,
            BACKFILL_RATE,
            BACKFILL_QUEUE,
            EXPORT);

    private SourceKeys() {}
}
