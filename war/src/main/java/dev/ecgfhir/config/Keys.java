package dev.ecgfhir.config;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every setting under {@code ecgfhir.}; the documentation is compared with this table. */
public final class Keys {
    static final String PREFIX = "ecgfhir.";
    private static final String JDBC = "jdbc:h2:... or jdbc:postgresql:...";
    private static final String FLAG = "true or false";

    static final Key CONFIG = Key.of(
            "ecgfhir.config",
            "",
            "an existing file, .yaml or .properties",
            "File with settings. Given as a system property or environment variable; in a servlet container the one way to name a file.");
    static final Key DATA_DIRECTORY = Key.of(
            "ecgfhir.data-directory",
            "./ecgfhir-data",
            "a directory that can be written",
            "Everything that the server writes. In a servlet container the default is ecgfhir-data in catalina.base.");
    static final Key BASE_URL = Key.of(
            "ecgfhir.base-url",
            "http://localhost:PORT",
            "an http or https address without query",
            "Address of this application, without /fhir. Has to be given in a servlet container if a source is 'self'.");
    static final Key MODEL_TWELVE_LEAD = Key.of(
            "ecgfhir.model.twelve-lead",
            "",
            "an existing file",
            "Checkpoint of the 12-lead network, for example 12_lead_ECGFounder.pth.");
    static final Key MODEL_SINGLE_LEAD = Key.of(
            "ecgfhir.model.single-lead",
            "",
            "an existing file",
            "Checkpoint of the 1-lead network, for example 1_lead_ECGFounder.pth.");
    static final Key MODEL_TWELVE_LEAD_THRESHOLDS = Key.of(
            "ecgfhir.model.twelve-lead-thresholds",
            "",
            "an existing file",
            "Table of thresholds for the 12-lead network, as the command 'thresholds derive' writes it; refused for another network.");
    static final Key MODEL_SINGLE_LEAD_THRESHOLDS = Key.of(
            "ecgfhir.model.single-lead-thresholds",
            "",
            "an existing file",
            "Table of thresholds for the 1-lead network; refused for another network.");
    static final Key MODEL_DEMONSTRATION = Key.of(
            "ecgfhir.model.demonstration",
            "false",
            FLAG,
            "Run on the bundled demonstration weights, which are not ECGFounder and not for patients.");
    static final Key MODELS_FILE = Key.of(
            "ecgfhir.models.NAME.file",
            "",
            "an existing file",
            "Checkpoint of a further network for 12 leads or 1, for example a fine-tuned one. It reads what asks for it by NAME or hash ($interpret, parameter model) and nothing else.");
    static final Key ENGINE = Key.of(
            "ecgfhir.inference.engine",
            "auto",
            "auto, pytorch or vector",
            "What runs the network. vector is pure Java for CPUs and needs --add-modules jdk.incubator.vector; auto takes a GPU if there is one, else times both at the start and takes the faster; the log says why.");
    static final Key DEVICE = Key.of(
            "ecgfhir.inference.device",
            "auto",
            "auto, cpu or gpu:N",
            "Where the network runs. Only auto falls back; a GPU that is asked for and not there stops the start.");
    static final Key THREADS =
            Key.of("ecgfhir.inference.threads", "1", "1..256", "Threads of one forward pass on a CPU.");
    static final Key PRECISION = Key.of(
            "ecgfhir.inference.precision",
            "float32",
            "float32, bfloat16-weights, float16-weights, int8-weights or bfloat16",
            "Number format of the networks. All but float32 change scores, as docs/benchmarks.md tells; reports name it. bfloat16 is for engine pytorch on a CPU that has it.");
    static final Key BATCH_SIZE = Key.of(
            "ecgfhir.inference.batch-size",
            "auto",
            "auto or 1..256",
            "Most windows of one forward pass. auto is what the engine is fastest with: few on a CPU, where each has processors of its own, 32 on a GPU.");
    static final Key BATCH_WINDOW = Key.of(
            "ecgfhir.inference.batch-window",
            "5ms",
            "0ms..1s",
            "Longest time that a window waits for others to join its forward pass; only on a GPU, or where batch-size is set.");
    static final Key QUEUE_SIZE = Key.of(
            "ecgfhir.inference.queue-size",
            "256",
            "4..100000",
            "Windows that may wait for each network, 12 x 5000 numbers each; a quarter of the places is the backlog's. When it is full, routes wait and $interpret answers 503 with Retry-After.");
    static final Key CPU_FALLBACK = Key.of(
            "ecgfhir.inference.cpu-fallback",
            "true",
            FLAG,
            "Whether the CPU takes over, with an alarm, when a GPU is lost while the server runs. Otherwise nothing is scored until a restart.");
    static final Key MAINS = Key.of(
            "ecgfhir.mains-frequency", "50", "50 or 60", "Mains frequency, Hz, which the notch filter takes out.");
    static final Key INTERPRET_MAXIMUM_POINTS = Key.of(
            "ecgfhir.interpret.maximum-points",
            "4000000",
            "1..100000000",
            "Most samples of one ECG that $interpret reads, all leads together. One with more is refused (TOO_LONG, 422). An ECG of this server is read as its source says where a source is self.");
    static final Key INTERPRET_DEFAULT_UNIT = Key.of(
            "ecgfhir.interpret.default-unit",
            "",
            "mV, uV, nV or V",
            "Unit of samples that carry none, for $interpret. Without it such an ECG is refused.");
    static final Key INTERPRET_LEAD_ORDER = Key.of(
            "ecgfhir.interpret.lead-order",
            "",
            "leads separated by commas, each once",
            "Leads of an ECG in which nothing names any, for $interpret, whoever calls it. Without it such an ECG is refused.");
    static final Key REPOSITORY_ENABLED = Key.of(
            "ecgfhir.repository.enabled",
            "true",
            FLAG,
            "The embedded FHIR repository at /fhir. Without it /fhir has metadata, $interpret and terminology.");
    static final Key REPOSITORY_JDBC_URL = Key.of(
            "ecgfhir.repository.jdbc-url",
            "H2 file in the data directory",
            JDBC,
            "Database of the embedded repository; it uses the schema fhir.");
    static final Key REPOSITORY_USER = Key.of("ecgfhir.repository.user", "sa", "any text", "User of that database.");
    static final Key REPOSITORY_PASSWORD = Key.secret("ecgfhir.repository.password", "Password of that user.");
    static final Key CDS_HOOKS_ENABLED = Key.of(
            "ecgfhir.cds-hooks.enabled",
            "false",
            FLAG,
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
    static final Key LEDGER_JDBC_URL = Key.of(
            "ecgfhir.ledger.jdbc-url",
            "H2 file in the data directory",
            JDBC,
            "Database of the ledger; it uses the schema ecg.");
    static final Key LEDGER_USER = Key.of("ecgfhir.ledger.user", "sa", "any text", "User of that database.");
    static final Key LEDGER_PASSWORD = Key.secret("ecgfhir.ledger.password", "Password of that user.");
    static final Key SOURCE_URL = Key.of(
            "ecgfhir.sources.NAME.url",
            "",
            "an http or https address, or self",
            "FHIR server to read ECGs from; self is the embedded repository.");
    static final Key SOURCE_POLL_INTERVAL =
            Key.of("ecgfhir.sources.NAME.poll-interval", "5s", "100ms..24h", "Pause between two looks at that server.");
    static final Key SOURCE_OVERLAP = Key.of(
            "ecgfhir.sources.NAME.overlap",
            "10s",
            "0s..24h",
            "How far each look goes back before the last one, for servers whose clocks differ or commit late.");
    static final Key SOURCE_SWEEP_INTERVAL = Key.of(
            "ecgfhir.sources.NAME.sweep-interval",
            "1h",
            "1m..7d",
            "How often everything since the sweep before the last one is looked for again. An ECG is found that becomes visible within this time"
                    + " of its stamp.");
    static final Key SOURCE_DELETIONS_INTERVAL = Key.of(
            "ecgfhir.sources.NAME.deletions-interval",
            "1m",
            "0s..24h",
            "How often deletions are looked for in that server's history of Observations, where it has one; 0s never.");
    static final Key SOURCE_PAGE_SIZE =
            Key.of("ecgfhir.sources.NAME.page-size", "50", "1..1000", "Resources asked for on one page of a search.");
    static final Key SOURCE_QUERY = Key.of(
            "ecgfhir.sources.NAME.query",
            "the ECG codes of MDC and LOINC",
            "FHIR search parameters, a=b&c=d",
            "Which Observations are looked at, beside _lastUpdated, _count and _elements.");
    static final Key SOURCE_DEFAULT_UNIT = Key.of(
            "ecgfhir.sources.NAME.default-unit",
            "",
            "mV, uV, nV or V",
            "Unit of samples that carry none. Without it such an ECG is refused.");
    static final Key SOURCE_LEAD_ORDER = Key.of(
            "ecgfhir.sources.NAME.lead-order",
            "",
            "leads separated by commas, each once",
            "Leads of an ECG in which nothing names any, in its own order: I,II,III,aVR,aVL,aVF,V1,V2,V3,V4,V5,V6. Without it such an ECG is refused.");
    static final Key SOURCE_MAXIMUM_POINTS = Key.of(
            "ecgfhir.sources.NAME.maximum-points",
            "4000000",
            "1..100000000",
            "Most samples of one ECG, all leads together. One with more is refused (TOO_LONG). Each takes about 32 bytes of memory while it is read.");
    static final Key SOURCE_MAXIMUM_MEGABYTES = Key.of(
            "ecgfhir.sources.NAME.maximum-megabytes",
            "256",
            "1..4096",
            "Most that server may answer at once, 1048576 bytes each, decompressed: an Observation or a page. An ECG with more is refused (TOO_LONG).");
    static final Key SOURCE_REQUESTS = Key.of(
            "ecgfhir.sources.NAME.requests-per-minute",
            "0",
            "0..1000000",
            "Most requests a minute to that server from this node, of every kind; 0 for no limit.");
    static final Key SOURCE_WORKERS = Key.of(
            "ecgfhir.sources.NAME.interpret-workers",
            "that of ecgfhir.work",
            "1..256",
            "Most ECGs of that server in work at once; with Kafka, of each priority. ecgfhir.work.interpret-workers holds for all servers together beside it.");
    static final Key SOURCE_JOIN = Key.of(
            "ecgfhir.sources.NAME.join-leads",
            "false",
            "true or false",
            "Whether that server's Observations of one lead are joined into ECGs by subject, device and time. Each of them then waits for the others.");
    static final Key SOURCE_JOIN_TOLERANCE = Key.of(
            "ecgfhir.sources.NAME.join-tolerance",
            "1s",
            "0s..1m",
            "How far the times of Observations of one ECG may lie apart from that of the first one found.");
    static final Key SOURCE_JOIN_WAIT = Key.of(
            "ecgfhir.sources.NAME.join-wait",
            "2m",
            "1s..24h",
            "How long an ECG waits for leads that are missing, before it is refused (INCOMPLETE_GROUP) or read with those that can be calculated.");
    static final Key SOURCE_TARGET = Key.of(
            "ecgfhir.sources.NAME.target",
            "the source itself",
            "a NAME under ecgfhir.targets or ecgfhir.sources",
            "Server that gets the reports on this source's ECGs.");
    static final Key SOURCE_BEGIN = Key.of(
            "ecgfhir.sources.NAME.begin",
            "archive",
            "archive or now",
            "Where the first look at that server begins: at its oldest ECG, or with what is written from then on, where its archive is left to"
                    + " the command backfill.");
    static final Key SOURCE_BACKFILL_RATE = Key.of(
            "ecgfhir.sources.NAME.backfill-rate",
            "0",
            "0..1000000",
            "Most new ECGs a minute that a backfill of that server finds, where its order names no rate; 0 for no limit.");
    static final Key SOURCE_BACKFILL_QUEUE = Key.of(
            "ecgfhir.sources.NAME.backfill-queue",
            "10000",
            "1..10000000",
            "ECGs of that server's archive that may wait to be interpreted; a backfill waits while there are as many.");
    static final Key PUBLIC_URL = Key.of(
            "ecgfhir.public-url",
            "",
            "an http or https address without query",
            "Address of this application as its sources reach it, without /notifications. Needed for subscriptions.");
    static final Key SOURCE_SUBSCRIPTION = Key.of(
            "ecgfhir.sources.NAME.subscription",
            "off",
            "off, rest-hook or backport",
            "Whether that server is asked to tell by itself what is new: by a subscription of R4 (rest-hook), or by one of the Subscriptions R5 Backport. It is polled beside.");
    static final Key SOURCE_SUBSCRIPTION_TOPIC = Key.of(
            "ecgfhir.sources.NAME.subscription-topic",
            "",
            "an http or https address without query",
            "Canonical address of that server's topic for Observations. Needed for backport.");
    static final Key SOURCE_SUBSCRIPTION_PAYLOAD = Key.of(
            "ecgfhir.sources.NAME.subscription-payload",
            "empty for rest-hook, id-only for backport",
            "empty, id-only (backport alone) or full-resource",
            "What notifications carry. Content is never used: an ECG is read from that server.");
    static final Key SOURCE_SUBSCRIPTION_HEARTBEAT = Key.of(
            "ecgfhir.sources.NAME.subscription-heartbeat",
            "1m",
            "0s..24h",
            "How often that server tells that it is there, with backport; without three of them the subscription is asked for again. 0s for one that cannot.");
    static final Key SOURCE_SUBSCRIPTION_DURATION = Key.of(
            "ecgfhir.sources.NAME.subscription-duration",
            "24h",
            "10m..365d",
            "How long a subscription lasts; it is renewed after half of that.");
    static final Key SOURCE_SUBSCRIPTION_POLL_INTERVAL = Key.of(
            "ecgfhir.sources.NAME.subscription-poll-interval",
            "5m",
            "1s..24h",
            "Pause between two looks at that server while a subscription is in force; poll-interval holds while none is.");
    static final Key SOURCE_EXPORT = Key.of(
            "ecgfhir.sources.NAME.export",
            "$export",
            "$export, Patient/$export or Group/ID/$export",
            "Bulk Data operation of that server by which backfill exports its archive: of everything, of all patients or of a group.");
    static final Key TARGET_URL = Key.of(
            "ecgfhir.targets.NAME.url",
            "",
            "an http or https address, or self",
            "FHIR server to write reports to; self is the embedded repository.");

    static final Key TARGET_SAME_IDS = Key.of(
            "ecgfhir.targets.NAME.same-ids",
            "false",
            FLAG,
            "True if that server knows patients, encounters and orders by the ids of the source. Else reports name them by identifier.");
    static final Key INTERPRET_WORKERS =
            Key.of("ecgfhir.work.interpret-workers", "2", "1..256", "ECGs that are interpreted at once.");
    static final Key DELIVER_WORKERS =
            Key.of("ecgfhir.work.deliver-workers", "2", "1..64", "Reports that are delivered at once to each server.");
    static final Key LEASE = Key.of(
            "ecgfhir.work.lease",
            "10m",
            "10s..24h",
            "How long an ECG belongs to the worker that took it up; after that another one may. Longer than the slowest answer of a server.");
    static final Key RETENTION = Key.of(
            "ecgfhir.ledger.retention",
            "",
            "1d..36500d",
            "How long the ledger keeps the rows of an ECG that is done with: all of them DELIVERED, REFUSED or IGNORED. Without it they stay for ever; a dead row always does.");
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
    static final Key KAFKA_BROKERS = Key.of(
            "ecgfhir.kafka.brokers",
            "",
            "HOST:PORT, separated by commas",
            "Kafka that carries ECGs from the server that finds them to all that share the ledger. Without it each asks the ledger, which is enough for"
                    + " most sites.");
    static final Key KAFKA_TOPIC = Key.of(
            "ecgfhir.kafka.topic",
            "ecgfhir",
            "letters, digits, dots, dashes and underscores, 1..100",
            "Begins the name of each topic: TOPIC-SOURCE-urgent, -routine and -backfill.");
    static final Key KAFKA_GROUP = Key.of(
            "ecgfhir.kafka.group",
            "ecgfhir",
            "letters, digits, dots, dashes and underscores, 1..100",
            "Begins the name of each consumer group likewise.");
    static final Key KAFKA_PARTITIONS = Key.of(
            "ecgfhir.kafka.partitions",
            "12",
            "1..1000",
            "Partitions of a topic that is not there yet: at least the sum of all servers' interpret-workers.");
    static final Key KAFKA_WINDOW = Key.of(
            "ecgfhir.kafka.window",
            "500",
            "1..100000",
            "Most messages that wait in a topic; what is beyond waits in the ledger.");
    static final Key KAFKA_PROPERTIES = Key.of(
            "ecgfhir.kafka.properties",
            "",
            "an existing file",
            "Properties of Kafka's clients, as its own tools take them: security.protocol, sasl.jaas.config, ssl.truststore.location and so on; stronger than"
                    + " what this product sets.");
    static final Key RETRY_FIRST = Key.of(
            "ecgfhir.retry.first", "1s", "10ms..1h", "Pause after a first failure; it doubles with each further one.");
    static final Key RETRY_LONGEST =
            Key.of("ecgfhir.retry.longest", "5m", "10ms..24h", "Longest pause; not shorter than the first one.");
    static final Key RETRY_FAILURES = Key.of(
            "ecgfhir.retry.maximum-failures",
            "5",
            "1..1000",
            "Failures of one ECG after which it is given up (DEAD, can be replayed). A server that cannot be reached does not count.");
    static final Key TERMINOLOGY_OVERLAY = Key.of(
            "ecgfhir.terminology.overlay",
            "",
            "an existing file",
            "Codes, displays and alert levels of this site for the network's labels; docs/terminology.md has its form.");
    static final Key TERMINOLOGY_SCOPE = Key.of(
            "ecgfhir.terminology.scope",
            "all",
            "all or global-patient-set",
            "Which SNOMED CT concepts reports may hold: all needs a SNOMED CT licence (no charge in member countries), the Global Patient Set"
                    + " none.");

    static final Key REPORT_STATUS = Key.of(
            "ecgfhir.report.status",
            "preliminary",
            "preliminary or partial",
            "Status of a report that nobody has confirmed; this product never writes final.");
    static final Key REPORT_LANGUAGE = Key.of(
            "ecgfhir.report.language",
            "en",
            "en, de or fr",
            "Language of a report's texts; $interpret takes the caller's Accept-Language before it. No physician reviewed the translations.");
    static final Key REPORT_US_CORE = Key.of(
            "ecgfhir.report.us-core",
            "false",
            FLAG,
            "Reports claim the US Core profiles of DiagnosticReport (note) and Observation (clinical result), where the ECG has what they require.");

    static final AccessKeys SOURCE_ACCESS = AccessKeys.of("sources");
    static final AccessKeys TARGET_ACCESS = AccessKeys.of("targets");

    private static final List<Key> PLAIN = List.of(
            CONFIG,
            DATA_DIRECTORY,
            BASE_URL,
            PUBLIC_URL,
            MODEL_TWELVE_LEAD,
            MODEL_SINGLE_LEAD,
            MODEL_TWELVE_LEAD_THRESHOLDS,
            MODEL_SINGLE_LEAD_THRESHOLDS,
            MODEL_DEMONSTRATION,
            MODELS_FILE,
            ENGINE,
            DEVICE,
            THREADS,
            PRECISION,
            BATCH_SIZE,
            BATCH_WINDOW,
            QUEUE_SIZE,
            CPU_FALLBACK,
            MAINS,
            INTERPRET_MAXIMUM_POINTS,
            INTERPRET_DEFAULT_UNIT,
            INTERPRET_LEAD_ORDER,
            SOURCE_URL,
            SOURCE_POLL_INTERVAL,
            SOURCE_TARGET,
            SOURCE_QUERY,
            SOURCE_PAGE_SIZE,
            SOURCE_OVERLAP,
            SOURCE_SWEEP_INTERVAL,
            SOURCE_DELETIONS_INTERVAL,
            SOURCE_DEFAULT_UNIT,
            SOURCE_LEAD_ORDER,
            SOURCE_MAXIMUM_POINTS,
            SOURCE_MAXIMUM_MEGABYTES,
            SOURCE_WORKERS,
            SOURCE_JOIN,
            SOURCE_JOIN_TOLERANCE,
            SOURCE_JOIN_WAIT,
            SOURCE_REQUESTS,
            SOURCE_BEGIN,
            SOURCE_BACKFILL_RATE,
            SOURCE_BACKFILL_QUEUE,
            SOURCE_SUBSCRIPTION,
            SOURCE_SUBSCRIPTION_TOPIC,
            SOURCE_SUBSCRIPTION_PAYLOAD,
            SOURCE_SUBSCRIPTION_HEARTBEAT,
            SOURCE_SUBSCRIPTION_DURATION,
            SOURCE_SUBSCRIPTION_POLL_INTERVAL,
            SOURCE_EXPORT,
            TARGET_URL,
            TARGET_SAME_IDS,
            INTERPRET_WORKERS,
            DELIVER_WORKERS,
            LEASE,
            RETENTION,
            NODE_NAME,
            NODE_RENEWAL,
            KAFKA_BROKERS,
            KAFKA_TOPIC,
            KAFKA_GROUP,
            KAFKA_PARTITIONS,
            KAFKA_WINDOW,
            KAFKA_PROPERTIES,
            RETRY_FIRST,
            RETRY_LONGEST,
            RETRY_FAILURES,
            TERMINOLOGY_SCOPE,
            REPORT_STATUS,
            REPORT_LANGUAGE,
            REPORT_US_CORE,
            TERMINOLOGY_OVERLAY,
            REPOSITORY_ENABLED,
            REPOSITORY_JDBC_URL,
            REPOSITORY_USER,
            REPOSITORY_PASSWORD,
            CDS_HOOKS_ENABLED,
            CDS_HOOKS_WINDOW,
            CDS_HOOKS_ORIGINS,
            LEDGER_JDBC_URL,
            LEDGER_USER,
            LEDGER_PASSWORD);

    /** Every setting, in the order of the documentation. */
    public static final List<Key> ALL = Stream.of(PLAIN, SOURCE_ACCESS.all(), TARGET_ACCESS.all())
            .flatMap(List::stream)
            .toList();

    /** Names that a setting once had, with its name of today; none has been renamed yet. */
    static final Map<String, String> RENAMED = Map.of();

    private Keys() {}
}
