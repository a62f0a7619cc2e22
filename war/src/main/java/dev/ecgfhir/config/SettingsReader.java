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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads all settings and reports all mistakes at once. */
public final class SettingsReader {
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";
    private static final Duration DAY = Duration.ofDays(1);

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
                data, reader.database(Keys.LEDGER_JDBC_URL, Keys.LEDGER_USER, Keys.LEDGER_PASSWORD, data));
        if (!reader.values.problems().isEmpty()) {
            throw new ConfigurationException(reader.values.problems());
        }
        return settings;
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
                model(),
                inference(),
                serving(),
                values.choice(Keys.MAINS, Set.of("50", "60")).equals("60") ? 60 : 50,
                work(),
                node(),
                new KafkaReader(values).read(),
                values.choice(Keys.TERMINOLOGY_SCOPE, Set.of("all", "global-patient-set"))
                        .equals("global-patient-set"),
                report(),
                values.existingFile(Keys.TERMINOLOGY_OVERLAY),
                repository,
                new CdsHooksSettings(
                        values.flag(Keys.CDS_HOOKS_ENABLED),
                        values.duration(Keys.CDS_HOOKS_WINDOW, Duration.ofHours(1), Duration.ofDays(365))),
                database(Keys.LEDGER_JDBC_URL, Keys.LEDGER_USER, Keys.LEDGER_PASSWORD, data),
                servers.sources(targets),
                targets);
    }

    private ReportOptions report() {
        boolean partial = values.choice(Keys.REPORT_STATUS, Set.of("preliminary", "partial"))
                .equals("partial");
        String language = values.choice(Keys.REPORT_LANGUAGE, Set.of("en", "de", "fr"));
        return ReportOptions.defaults()
                .with(partial ? ReportOptions.Status.PARTIAL : ReportOptions.Status.PRELIMINARY)
                .in(ReportLanguage.of(language).orElse(ReportLanguage.ENGLISH))
                .withUsCore(values.flag(Keys.REPORT_US_CORE));
    }

    private ModelSettings model() {
        Optional<Path> twelve = values.existingFile(Keys.MODEL_TWELVE_LEAD);
        Optional<Path> single = values.existingFile(Keys.MODEL_SINGLE_LEAD);
        boolean demonstration = values.flag(Keys.MODEL_DEMONSTRATION);
        boolean given = twelve.isPresent() || single.isPresent();
        if (given && demonstration) {
            values.problem(Keys.MODEL_DEMONSTRATION.name() + " must be false where "
                    + (twelve.isPresent() ? Keys.MODEL_TWELVE_LEAD : Keys.MODEL_SINGLE_LEAD).name()
                    + " names a model, was 'true'");
        }
        if (!given && !demonstration) {
            values.problem("no model: set " + Keys.MODEL_TWELVE_LEAD.name() + " and " + Keys.MODEL_SINGLE_LEAD.name()
                    + " (or one of them) to the ECGFounder weights, MIT licence, files 12_lead_ECGFounder.pth and"
                    + " 1_lead_ECGFounder.pth at https://huggingface.co/PKUDigitalHealth/ECGFounder, which the commands"
                    + " 'model download 12-lead' and 'model download 1-lead' fetch; or ask for the bundled"
                    + " demonstration weights, which are not for patients, with " + Keys.MODEL_DEMONSTRATION.name()
                    + "=true");
        }
        return new ModelSettings(
                twelve,
                single,
                thresholds(
                        Keys.MODEL_TWELVE_LEAD_THRESHOLDS, Keys.MODEL_TWELVE_LEAD, demonstration || twelve.isPresent()),
                thresholds(
                        Keys.MODEL_SINGLE_LEAD_THRESHOLDS, Keys.MODEL_SINGLE_LEAD, demonstration || single.isPresent()),
                demonstration,
                others());
    }

    private Optional<Path> thresholds(Key key, Key model, boolean given) {
        Optional<Path> file = values.existingFile(key);
        if (file.isPresent() && !given) {
            values.problem(key.name() + " needs " + model.name() + ", which names the network that the table is for");
        }
        return file;
    }

    private List<NamedModel> others() {
        List<NamedModel> others = new ArrayList<>();
        for (String name : values.names("models")) {
            Key key = Keys.MODELS_FILE.of(name);
            if (!name.matches(NAME) || name.equals("twelve-lead") || name.equals("single-lead")) {
                values.problem(key.name() + ": the name '" + name
                        + "' must be of a-z, 0-9 and dashes, 1..64 characters, and not twelve-lead or single-lead");
            }
            values.existingFile(key).ifPresent(file -> others.add(new NamedModel(name, file)));
        }
        return others;
    }

    private ServingSettings serving() {
        return new ServingSettings(
                new BatchingConfig(
                        values.integerOrAuto(Keys.BATCH_SIZE, 1, 256),
                        values.duration(Keys.BATCH_WINDOW, Duration.ZERO, Duration.ofSeconds(1)),
                        values.integer(Keys.QUEUE_SIZE, 4, 100_000)),
                values.flag(Keys.CPU_FALLBACK));
    }

    private InferenceConfig inference() {
        String device = values.text(Keys.DEVICE).orElse(Keys.DEVICE.fallback());
        if (!device.matches("auto|cpu|gpu:\\d{1,2}")) {
            values.wrong(Keys.DEVICE, device);
            device = Keys.DEVICE.fallback();
        }
        return new InferenceConfig(
                values.choice(Keys.ENGINE, Set.of("auto", "pytorch", "vector")),
                device,
                values.integer(Keys.THREADS, 1, 256),
                precision());
    }

    private Precision precision() {
        String name = values.text(Keys.PRECISION).orElse(Keys.PRECISION.fallback());
        Optional<Precision> precision = Precision.of(name);
        if (precision.isEmpty()) {
            values.wrong(Keys.PRECISION, name);
        }
        return precision.orElse(Precision.FLOAT32);
    }

    private WorkSettings work() {
        Duration first = values.duration(Keys.RETRY_FIRST, Duration.ofMillis(10), Duration.ofHours(1));
        Duration longest = values.duration(Keys.RETRY_LONGEST, Duration.ofMillis(10), DAY);
        if (longest.compareTo(first) < 0) {
            values.problem(Keys.RETRY_LONGEST.name() + " must not be shorter than " + Keys.RETRY_FIRST.name());
        }
        return new WorkSettings(
                values.integer(Keys.INTERPRET_WORKERS, 1, 256),
                values.integer(Keys.DELIVER_WORKERS, 1, 64),
                values.duration(Keys.LEASE, Duration.ofSeconds(10), DAY),
                first,
                longest,
                values.integer(Keys.RETRY_FAILURES, 1, 1000),
                values.text(Keys.RETENTION).map(given -> values.duration(Keys.RETENTION, DAY, Duration.ofDays(36500))));
    }

    private NodeConfig node() {
        Duration renewal = values.duration(Keys.NODE_RENEWAL, Duration.ofMillis(100), Duration.ofMinutes(10));
        String name = values.text(Keys.NODE_NAME).orElse(NodeConfig.defaults().name());
        try {
            return new NodeConfig(name, renewal);
        } catch (IllegalArgumentException e) {
            values.wrong(Keys.NODE_NAME, name);
            return NodeConfig.defaults();
        }
    }

    private RepositorySettings repository(Path data) {
        return new RepositorySettings(
                values.flag(Keys.REPOSITORY_ENABLED),
                database(Keys.REPOSITORY_JDBC_URL, Keys.REPOSITORY_USER, Keys.REPOSITORY_PASSWORD, data));
    }

    private DatabaseSettings database(Key url, Key user, Key password, Path data) {
        String fallback =
                "jdbc:h2:file:" + data.resolve("ecgfhir") + ";DB_CLOSE_ON_EXIT=FALSE;" + LedgerMigrations.H2_SETTING;
        String given = values.text(url).orElse(fallback);
        if (!given.startsWith("jdbc:h2:") && !given.startsWith("jdbc:postgresql:")) {
            values.problem(url.name() + " must be " + url.allowed() + ", was '" + given.split(":", 3)[0] + ":"
                    + (given.contains(":") ? given.split(":", 3)[1] : "") + ":...'");
        }
        return new DatabaseSettings(given, values.text(user).orElse(user.fallback()), values.secret(password));
    }
}
