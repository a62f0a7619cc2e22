package dev.ecgfhir.config;

import dev.ecgfhir.fhir.report.ReportLanguage;
import dev.ecgfhir.fhir.report.ReportOptions;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.Precision;
import dev.ecgfhir.inference.batching.BatchingConfig;
import dev.ecgfhir.ledger.LedgerMigrations;
import dev.ecgfhir.routes.NodeConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads all settings and reports all mistakes at once. */
public final class SettingsReader {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.-]+(:\\d{1,5})?");

    private final Values values;

    private SettingsReader(Map<String, String> given) {
        values = new Values(new RawSettings(given));
    }

    /**
     * Reads the settings.
     *
     * @param given names and values under {@code ecgfhir.}; others are passed over
     * @return the settings
     * @throws ConfigurationException if anything is wrong; it lists everything that is
     */
    public static Settings read(Map<String, String> given) {
        SettingsReader reader = new SettingsReader(given);
        Settings settings = reader.read();
        if (!reader.values.problems().isEmpty()) {
            throw new ConfigurationException(reader.values.problems());
        }
        return settings;
    }

    /**
     * Reads where the ledger is, and nothing else; a command needs no model.
     *
     * @param given names and values under {@code ecgfhir.}; others are passed over
     * @throws ConfigurationException if anything of it is wrong
     */
    static LedgerSettings readLedger(Map<String, String> given) {
        SettingsReader reader = new SettingsReader(given);
        Path data = reader.values.directory(Keys.DATA_DIRECTORY);
        LedgerSettings settings = new LedgerSettings(
                data, reader.database(LedgerKeys.JDBC_URL, LedgerKeys.USER, LedgerKeys.PASSWORD, data));
        if (!reader.values.problems().isEmpty()) {
            throw new ConfigurationException(reader.values.problems());
        }
        return settings;
    }

    /**
     * Reads what a report is made again by: networks, rules, and how servers are reached.
     *
     * @param given names and values under {@code ecgfhir.}; others are passed over
     * @throws ConfigurationException if anything of it is wrong
     */
    static VerifySettings readVerify(Map<String, String> given) {
        SettingsReader reader = new SettingsReader(given);
        VerifySettings settings = reader.verify();
        if (!reader.values.problems().isEmpty()) {
            throw new ConfigurationException(reader.values.problems());
        }
        return settings;
    }

    private VerifySettings verify() {
        ServerSettings servers = new ServerSettings(values, values.flag(RepositoryKeys.REPOSITORY_ENABLED));
        List<TargetSettings> targets = servers.targets();
        return new VerifySettings(
                new ModelReader(values).read(false),
                mains(),
                globalPatientSetOnly(),
                values.existingFile(ReportKeys.TERMINOLOGY_OVERLAY),
                servers.sources(targets),
                targets);
    }

    private int mains() {
        return values.choice(InferenceKeys.MAINS, Set.of("50", "60")).equals("60") ? 60 : 50;
    }

    private boolean globalPatientSetOnly() {
        return values.choice(ReportKeys.TERMINOLOGY_SCOPE, Set.of("all", "global-patient-set"))
                .equals("global-patient-set");
    }

    private Settings read() {
        values.existingFile(Keys.CONFIG);
        Path data = values.directory(Keys.DATA_DIRECTORY);
        Optional<URI> baseUrl = values.address(Keys.BASE_URL);
        RepositorySettings repository = repository(data);
        ServerSettings servers = new ServerSettings(values, repository.enabled());
        List<TargetSettings> targets = servers.targets();
        return new Settings(
                data,
                baseUrl,
                new ModelReader(values).read(true),
                inference(),
                serving(),
                mains(),
                new ReadingReader(values)
                        .read(InterpretKeys.MAXIMUM_POINTS, InterpretKeys.DEFAULT_UNIT, InterpretKeys.LEAD_ORDER),
                work(),
                node(),
                new KafkaReader(values).read(),
                globalPatientSetOnly(),
                report(),
                values.existingFile(ReportKeys.TERMINOLOGY_OVERLAY),
                repository,
                cdsHooks(),
                database(LedgerKeys.JDBC_URL, LedgerKeys.USER, LedgerKeys.PASSWORD, data),
                servers.sources(targets),
                targets);
    }

    private CdsHooksSettings cdsHooks() {
        String given = values.text(RepositoryKeys.CDS_HOOKS_ORIGINS).orElse("");
        List<String> origins = Stream.of(given.split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
        if (!origins.stream().allMatch(ORIGIN.asMatchPredicate())) {
            values.wrong(RepositoryKeys.CDS_HOOKS_ORIGINS, given);
        }
        return new CdsHooksSettings(
                values.flag(RepositoryKeys.CDS_HOOKS_ENABLED),
                values.duration(RepositoryKeys.CDS_HOOKS_WINDOW, Duration.ofHours(1), Duration.ofDays(365)),
                Set.copyOf(origins));
    }

    private ReportOptions report() {
        boolean partial = values.choice(ReportKeys.REPORT_STATUS, Set.of("preliminary", "partial"))
                .equals("partial");
        String language = values.choice(ReportKeys.REPORT_LANGUAGE, Set.of("en", "de", "fr"));
        return ReportOptions.defaults()
                .with(partial ? ReportOptions.Status.PARTIAL : ReportOptions.Status.PRELIMINARY)
                .in(ReportLanguage.of(language).orElse(ReportLanguage.ENGLISH))
                .withUsCore(values.flag(ReportKeys.REPORT_US_CORE));
    }

    private ServingSettings serving() {
        return new ServingSettings(
                new BatchingConfig(
                        values.integerOrAuto(InferenceKeys.BATCH_SIZE, 1, 256),
                        values.duration(InferenceKeys.BATCH_WINDOW, Duration.ZERO, Duration.ofSeconds(1)),
                        values.integer(InferenceKeys.QUEUE_SIZE, 4, 100_000)),
                values.flag(InferenceKeys.CPU_FALLBACK));
    }

    private InferenceConfig inference() {
        String device = values.text(InferenceKeys.DEVICE).orElse(InferenceKeys.DEVICE.fallback());
        if (!device.matches("auto|cpu|gpu:\\d{1,2}")) {
            values.wrong(InferenceKeys.DEVICE, device);
            device = InferenceKeys.DEVICE.fallback();
        }
        return new InferenceConfig(
                values.choice(InferenceKeys.ENGINE, Set.of("auto", "pytorch", "vector")),
                device,
                values.integer(InferenceKeys.THREADS, 1, 256),
                precision());
    }

    private Precision precision() {
        String name = values.text(InferenceKeys.PRECISION).orElse(InferenceKeys.PRECISION.fallback());
        Optional<Precision> precision = Precision.of(name);
        if (precision.isEmpty()) {
            values.wrong(InferenceKeys.PRECISION, name);
        }
        return precision.orElse(Precision.FLOAT32);
    }

    private WorkSettings work() {
        Duration first = values.duration(WorkKeys.RETRY_FIRST, Duration.ofMillis(10), Duration.ofHours(1));
        Duration longest = values.duration(WorkKeys.RETRY_LONGEST, Duration.ofMillis(10), DAY);
        if (longest.compareTo(first) < 0) {
            values.problem(WorkKeys.RETRY_LONGEST.name() + " must not be shorter than " + WorkKeys.RETRY_FIRST.name());
        }
        return new WorkSettings(
                values.integer(WorkKeys.INTERPRET_WORKERS, 1, 256),
                values.integer(WorkKeys.DELIVER_WORKERS, 1, 64),
                values.duration(WorkKeys.LEASE, Duration.ofSeconds(10), DAY),
                first,
                longest,
                values.integer(WorkKeys.RETRY_FAILURES, 1, 1000),
                values.text(LedgerKeys.RETENTION)
                        .map(given -> values.duration(LedgerKeys.RETENTION, DAY, Duration.ofDays(36500))));
    }

    private NodeConfig node() {
        Duration renewal = values.duration(WorkKeys.NODE_RENEWAL, Duration.ofMillis(100), Duration.ofMinutes(10));
        String name =
                values.text(WorkKeys.NODE_NAME).orElse(NodeConfig.defaults().name());
        try {
            return new NodeConfig(name, renewal);
        } catch (IllegalArgumentException e) {
            values.wrong(WorkKeys.NODE_NAME, name);
            return NodeConfig.defaults();
        }
    }

    private RepositorySettings repository(Path data) {
        return new RepositorySettings(
                values.flag(RepositoryKeys.REPOSITORY_ENABLED),
                database(
                        RepositoryKeys.REPOSITORY_JDBC_URL,
                        RepositoryKeys.REPOSITORY_USER,
                        RepositoryKeys.REPOSITORY_PASSWORD,
                        data));
    }

    /** Without H2's own trace file: it would grow beside a database that cannot be written, and holds no more than our log. */
    private DatabaseSettings database(Key url, Key user, Key password, Path data) {
        String fallback = "jdbc:h2:file:" + data.resolve("ecgfhir") + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;"
                + LedgerMigrations.H2_SETTING;
        String given = values.text(url).orElse(fallback);
        if (!given.startsWith("jdbc:h2:") && !given.startsWith("jdbc:postgresql:")) {
            values.problem(url.name() + " must be " + url.allowed() + ", was '" + given.split(":", 3)[0] + ":"
                    + (given.contains(":") ? given.split(":", 3)[1] : "") + ":...'");
        }
        return new DatabaseSettings(given, values.text(user).orElse(user.fallback()), values.secret(password));
    }
}
