package dev.ecgfhir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ecgfhir.fhir.recording.LeadOrder;
import dev.ecgfhir.fhir.recording.ReadOptions;
import dev.ecgfhir.fhir.recording.VoltageUnit;
import dev.ecgfhir.fhir.report.ReportLanguage;
import dev.ecgfhir.fhir.report.ReportOptions;
import dev.ecgfhir.fhir.source.Access;
import dev.ecgfhir.fhir.source.Credentials;
import dev.ecgfhir.fhir.source.FhirClients;
import dev.ecgfhir.fhir.source.SubscriptionOrder;
import dev.ecgfhir.fhir.source.Transport;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.Precision;
import dev.ecgfhir.inference.batching.BatchingConfig;
import dev.ecgfhir.routes.ArchiveConfig;
import dev.ecgfhir.routes.JoinConfig;
import dev.ecgfhir.routes.NodeConfig;
import dev.ecgfhir.routes.SubscriptionConfig;
import dev.ecgfhir.routes.kafka.KafkaConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
    @TempDir
    private Path directory;

    @Test
    void has_the_documented_defaults() {
        Settings settings = SettingsReader.read(Map.of("ecgfhir.model.demonstration", "true"));

        Path data = Path.of("ecgfhir-data").toAbsolutePath();
        DatabaseSettings database = new DatabaseSettings(
                "jdbc:h2:file:" + data.resolve("ecgfhir")
                        + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;MAX_COMPACT_TIME=0",
                "sa",
                new Secret(""));
        assertThat(settings)
                .isEqualTo(new Settings(
                        data,
                        Optional.empty(),
                        new ModelSettings(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                true,
                                List.of()),
                        new InferenceConfig("auto", "auto", 1),
                        new ServingSettings(new BatchingConfig(Optional.empty(), Duration.ofMillis(5), 256), true),
                        50,
                        ReadOptions.defaults(),
                        new WorkSettings(
                                2,
                                2,
                                Duration.ofMinutes(10),
                                Duration.ofSeconds(1),
                                Duration.ofMinutes(5),
                                5,
                                Optional.empty()),
                        NodeConfig.defaults(),
                        Optional.empty(),
                        false,
                        ReportOptions.defaults(),
                        Optional.empty(),
                        new RepositorySettings(true, database),
                        new CdsHooksSettings(false, Duration.ofHours(72), Set.of()),
                        database,
                        List.of(),
                        List.of()));
    }

    @Test
    void gives_a_source_its_documented_defaults() {
        Settings settings = SettingsReader.read(
                Map.of("ecgfhir.model.demonstration", "true", "ecgfhir.sources.ward-7.url", "http://fhir.example/r4/"));

        assertThat(settings.sources())
                .containsExactly(new SourceSettings(
                        "ward-7",
                        new ServerAddress(Optional.of(URI.create("http://fhir.example/r4"))),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofHours(1),
                        Duration.ofMinutes(1),
                        50,
                        Map.of(),
                        ReadOptions.defaults(),
                        Optional.empty(),
                        Optional.empty(),
                        new ArchiveConfig(true, 0, 10_000, "$export"),
                        Optional.empty(),
                        Optional.empty(),
                        FhirClients.Limits.defaults(),
                        Access.open()));
    }

    @Test
    void a_subscription_needs_our_address_and_a_topic_and_is_none_of_the_own_repository() {
        assertThatThrownBy(() -> SettingsReader.read(Map.of(
                        "ecgfhir.model.demonstration", "true",
                        "ecgfhir.sources.a.url", "self",
                        "ecgfhir.sources.a.subscription", "backport")))
                .hasMessageContaining("ecgfhir.public-url is missing; ecgfhir.sources.a.subscription needs it")
                .hasMessageContaining(
                        "ecgfhir.sources.a.subscription-topic is missing; ecgfhir.sources.a.subscription is backport")
                .hasMessageContaining("ecgfhir.sources.a.subscription must be off where the url is self");
    }

    @Test
    void how_leads_are_joined_is_not_set_where_they_are_not() {
        assertThatThrownBy(() -> SettingsReader.read(Map.of(
                        "ecgfhir.model.demonstration", "true",
                        "ecgfhir.sources.a.url", "http://fhir.example/r4",
                        "ecgfhir.sources.a.join-wait", "5m")))
                .hasMessageContaining(
                        "ecgfhir.sources.a.join-wait is set, but ecgfhir.sources.a.join-leads is not true");
    }

    @Test
    void reads_every_key() throws IOException {
        Map<String, String> given = everyKey();

        Settings settings = SettingsReader.read(given);

        Set<String> documented = new HashSet<>();
        Keys.ALL.forEach(key ->
                documented.add(key.name().replace("targets.NAME.", "targets.b.").replace(".NAME.", ".a.")));
        documented.remove("ecgfhir.model.demonstration"); // contradicts the two model files; has a test of its own
        CONTRADICTING.forEach(documented::remove); // what other ways of authentication need; has a test of its own
        assertThat(given.keySet()).isEqualTo(documented);
        assertThat(settings)
                .isEqualTo(new Settings(
                        directory.resolve("data"),
                        Optional.of(URI.create("https://ecg.example/app")),
                        new ModelSettings(
                                Optional.of(directory.resolve("12.pth")),
                                Optional.of(directory.resolve("1.pth")),
                                Optional.of(directory.resolve("12.csv")),
                                Optional.of(directory.resolve("1.csv")),
                                false,
                                List.of(new NamedModel("a", directory.resolve("own.pth")))),
                        new InferenceConfig("pytorch", "gpu:1", 3, Precision.BFLOAT16),
                        new ServingSettings(new BatchingConfig(Optional.of(64), Duration.ofMillis(20), 1000), false),
                        60,
                        ReadOptions.defaults()
                                .withMaximumPoints(60_000)
                                .withDefaultUnit(VoltageUnit.MILLIVOLT)
                                .withLeadOrder(LeadOrder.parse("I").orElseThrow()),
                        new WorkSettings(
                                3,
                                4,
                                Duration.ofHours(1),
                                Duration.ofSeconds(2),
                                Duration.ofMinutes(9),
                                7,
                                Optional.of(Duration.ofDays(400))),
                        new NodeConfig("ecg-2", Duration.ofSeconds(5)),
                        Optional.of(new KafkaConfig(
                                "k1:9092,k2:9093", "ecg", "readers", 24, 100, Map.of("security.protocol", "SASL_SSL"))),
                        true,
                        new ReportOptions(ReportOptions.Status.PARTIAL, false, ReportLanguage.FRENCH, true),
                        Optional.of(directory.resolve("site.csv")),
                        new RepositorySettings(
                                false, new DatabaseSettings("jdbc:postgresql://db/fhir", "f", new Secret("f-secret"))),
                        new CdsHooksSettings(
                                true, Duration.ofHours(24), Set.of("https://ehr.example", "http://localhost:8080")),
                        new DatabaseSettings("jdbc:postgresql://db/ecg", "l", new Secret("l-secret")),
                        List.of(new SourceSettings(
                                "a",
                                new ServerAddress(Optional.of(URI.create("https://source.example/fhir"))),
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(45),
                                Duration.ZERO,
                                20,
                                Map.of("category", List.of("procedure", "exam|1")),
                                new ReadOptions(
                                        Optional.of(VoltageUnit.MICROVOLT), LeadOrder.parse("V1,II"), 21_600_000),
                                Optional.of(5),
                                Optional.of("b"),
                                new ArchiveConfig(false, 30, 200, "Group/7/$export"),
                                Optional.of(new SubscriptionConfig(
                                        SubscriptionOrder.Form.BACKPORT,
                                        "https://public.example/ecg/notifications/a",
                                        Optional.of("https://source.example/topic"),
                                        SubscriptionOrder.Payload.FULL_RESOURCE,
                                        Duration.ofSeconds(30),
                                        Duration.ofHours(6),
                                        Duration.ofMinutes(10),
                                        Duration.ofMinutes(1))),
                                Optional.of(new JoinConfig(Duration.ofMillis(500), Duration.ofSeconds(90))),
                                FhirClients.Limits.defaults().with(64L << 20, 600),
                                new Access(
                                        new Credentials.BackendServices(
                                                "a-client", directory.resolve("key.json"), terms("a")),
                                        transport("a")))),
                        List.of(new TargetSettings(
                                "b",
                                new ServerAddress(Optional.of(URI.create("https://target.example/fhir"))),
                                true,
                                new Access(
                                        new Credentials.ClientSecret("b-client", "b-secret", terms("b")),
                                        transport("b"))))));
    }

    private static final List<String> CONTRADICTING = List.of(
            "ecgfhir.sources.a.user",
            "ecgfhir.sources.a.password",
            "ecgfhir.sources.a.client-secret",
            "ecgfhir.targets.b.user",
            "ecgfhir.targets.b.password",
            "ecgfhir.targets.b.private-key");

    private static Credentials.TokenRequestTerms terms(String name) {
        return new Credentials.TokenRequestTerms(
                Optional.of(URI.create("https://" + name + ".example/token")), name + "/*.rs");
    }

    private Transport transport(String name) {
        return new Transport(
                Optional.of(new Transport.Store(directory.resolve("store.p12"), "changeit")),
                Optional.of(new Transport.Store(directory.resolve("store.p12"), "changeit")),
                Optional.of(new Transport.Proxy(URI.create("http://" + name + ".example:3128"), "p", "p-secret")));
    }

    private void giveAccess(Map<String, String> given, String prefix, String name) {
        given.put(prefix + "client-id", name + "-client");
        given.put(prefix + "token-url", "https://" + name + ".example/token");
        given.put(prefix + "scope", name + "/*.rs");
        given.put(prefix + "trust-store", directory.resolve("store.p12").toString());
        given.put(prefix + "trust-store-password", "changeit");
        given.put(prefix + "key-store", directory.resolve("store.p12").toString());
        given.put(prefix + "key-store-password", "changeit");
        given.put(prefix + "proxy", "http://" + name + ".example:3128");
        given.put(prefix + "proxy-user", "p");
        given.put(prefix + "proxy-password", "p-secret");
    }

    /** A key entry and a trusted certificate, so that the file serves as both stores. */
    private void writeStores() throws IOException {
        Files.copy(
                Path.of("src", "test", "resources", "dev", "ecgfhir", "config", "store.p12"),
                directory.resolve("store.p12"));
        Files.copy(
                Path.of("src", "test", "resources", "dev", "ecgfhir", "config", "key.json"),
                directory.resolve("key.json"));
    }

    private Map<String, String> everyKey() throws IOException {
        Map<String, String> given = new HashMap<>();
        given.put(
                "ecgfhir.config", Files.createFile(directory.resolve("my.yaml")).toString());
        given.put("ecgfhir.data-directory", directory.resolve("data").toString());
        given.put("ecgfhir.base-url", "https://ecg.example/app/");
        given.put(
                "ecgfhir.model.twelve-lead",
                Files.createFile(directory.resolve("12.pth")).toString());
        given.put(
                "ecgfhir.model.single-lead",
                Files.createFile(directory.resolve("1.pth")).toString());
        given.put(
                "ecgfhir.model.twelve-lead-thresholds",
                Files.createFile(directory.resolve("12.csv")).toString());
        given.put(
                "ecgfhir.model.single-lead-thresholds",
                Files.createFile(directory.resolve("1.csv")).toString());
        given.put("ecgfhir.inference.engine", "pytorch");
        given.put("ecgfhir.inference.device", "gpu:1");
        given.put("ecgfhir.inference.threads", "3");
        given.put("ecgfhir.inference.precision", "bfloat16");
        given.put("ecgfhir.inference.batch-size", "64");
        given.put("ecgfhir.inference.batch-window", "20ms");
        given.put("ecgfhir.inference.queue-size", "1000");
        given.put("ecgfhir.inference.cpu-fallback", "false");
        given.put(
                "ecgfhir.models.a.file",
                Files.createFile(directory.resolve("own.pth")).toString());
        given.put("ecgfhir.mains-frequency", "60");
        given.put("ecgfhir.interpret.maximum-points", "60000");
        given.put("ecgfhir.interpret.default-unit", "mV");
        given.put("ecgfhir.interpret.lead-order", "I");
        given.put("ecgfhir.work.interpret-workers", "3");
        given.put("ecgfhir.work.deliver-workers", "4");
        given.put("ecgfhir.work.lease", "1h");
        given.put("ecgfhir.node.name", "ecg-2");
        given.put("ecgfhir.kafka.brokers", "k1:9092,k2:9093");
        given.put("ecgfhir.kafka.topic", "ecg");
        given.put("ecgfhir.kafka.group", "readers");
        given.put("ecgfhir.kafka.partitions", "24");
        given.put("ecgfhir.kafka.window", "100");
        Files.writeString(directory.resolve("kafka.properties"), "security.protocol=SASL_SSL");
        given.put(
                "ecgfhir.kafka.properties",
                directory.resolve("kafka.properties").toString());
        given.put("ecgfhir.node.renewal", "5s");
        given.put("ecgfhir.ledger.retention", "400d");
        given.put("ecgfhir.retry.first", "2s");
        given.put("ecgfhir.retry.longest", "9m");
        given.put("ecgfhir.retry.maximum-failures", "7");
        given.put("ecgfhir.terminology.scope", "global-patient-set");
        given.put("ecgfhir.report.status", "partial");
        given.put("ecgfhir.report.language", "fr");
        given.put("ecgfhir.report.us-core", "true");
        given.put(
                "ecgfhir.terminology.overlay",
                Files.createFile(directory.resolve("site.csv")).toString());
        given.put("ecgfhir.cds-hooks.enabled", "true");
        given.put("ecgfhir.cds-hooks.window", "24h");
        given.put("ecgfhir.cds-hooks.origins", "https://ehr.example, http://localhost:8080");
        given.put("ecgfhir.repository.enabled", "false");
        given.put("ecgfhir.repository.jdbc-url", "jdbc:postgresql://db/fhir");
        given.put("ecgfhir.repository.user", "f");
        given.put("ecgfhir.repository.password", "f-secret");
        given.put("ecgfhir.ledger.jdbc-url", "jdbc:postgresql://db/ecg");
        given.put("ecgfhir.ledger.user", "l");
        given.put("ecgfhir.ledger.password", "l-secret");
        given.put("ecgfhir.sources.a.url", "https://source.example/fhir");
        given.put("ecgfhir.sources.a.poll-interval", "1m");
        given.put("ecgfhir.sources.a.overlap", "30s");
        given.put("ecgfhir.sources.a.sweep-interval", "45m");
        given.put("ecgfhir.sources.a.deletions-interval", "0s");
        given.put("ecgfhir.sources.a.page-size", "20");
        given.put("ecgfhir.sources.a.query", "category=procedure&category=exam%7C1");
        given.put("ecgfhir.sources.a.default-unit", "uV");
        given.put("ecgfhir.sources.a.maximum-points", "21600000");
        given.put("ecgfhir.sources.a.maximum-megabytes", "64");
        given.put("ecgfhir.sources.a.requests-per-minute", "600");
        given.put("ecgfhir.sources.a.lead-order", "V1, II");
        given.put("ecgfhir.sources.a.interpret-workers", "5");
        given.put("ecgfhir.sources.a.join-leads", "true");
        given.put("ecgfhir.sources.a.join-tolerance", "500ms");
        given.put("ecgfhir.sources.a.join-wait", "90s");
        given.put("ecgfhir.sources.a.target", "b");
        given.put("ecgfhir.sources.a.begin", "now");
        given.put("ecgfhir.sources.a.backfill-rate", "30");
        given.put("ecgfhir.sources.a.backfill-queue", "200");
        given.put("ecgfhir.public-url", "https://public.example/ecg");
        given.put("ecgfhir.sources.a.subscription", "backport");
        given.put("ecgfhir.sources.a.subscription-topic", "https://source.example/topic");
        given.put("ecgfhir.sources.a.subscription-payload", "full-resource");
        given.put("ecgfhir.sources.a.subscription-heartbeat", "30s");
        given.put("ecgfhir.sources.a.subscription-duration", "6h");
        given.put("ecgfhir.sources.a.subscription-poll-interval", "10m");
        given.put("ecgfhir.sources.a.export", "Group/7/$export");
        given.put("ecgfhir.targets.b.url", "https://target.example/fhir");
        given.put("ecgfhir.targets.b.same-ids", "true");
        writeStores();
        given.put("ecgfhir.sources.a.auth", "smart");
        given.put("ecgfhir.sources.a.private-key", directory.resolve("key.json").toString());
        giveAccess(given, "ecgfhir.sources.a.", "a");
        given.put("ecgfhir.targets.b.auth", "client-secret");
        given.put("ecgfhir.targets.b.client-secret", "b-secret");
        giveAccess(given, "ecgfhir.targets.b.", "b");
        return given;
    }

    @Test
    void reports_all_mistakes_at_once_each_with_key_value_and_range() {
        assertThat(problems(Map.of(
                        "ecgfhir.model.demonstration", "maybe",
                        "ecgfhir.inference.threads", "0",
                        "ecgfhir.inference.device", "tpu",
                        "ecgfhir.inference.precision", "int4",
                        "ecgfhir.mains-frequency", "55",
                        "ecgfhir.sources.a.url", "ftp://x",
                        "ecgfhir.sources.a.poll-interval", "-1s",
                        "ecgfhir.sources.b.page-size", "ten",
                        "ecgfhir.sources.b.target", "c",
                        "ecgfhir.kafka.brokers", "kafka.example")))
                .contains(
                        "ecgfhir.model.demonstration must be true or false, was 'maybe'",
                        "ecgfhir.inference.threads must be 1..256, was '0'",
                        "ecgfhir.inference.device must be auto, cpu or gpu:N, was 'tpu'",
                        "ecgfhir.inference.precision must be float32, bfloat16-weights, float16-weights, int8-weights or bfloat16, was 'int4'",
                        "ecgfhir.mains-frequency must be 50 or 60, was '55'",
                        "ecgfhir.sources.a.url must be an http or https address, or self, was 'ftp://x'",
                        "ecgfhir.sources.a.poll-interval must be 100ms..24h, was '-1s'",
                        "ecgfhir.sources.b.url is missing; it must be an http or https address, or self",
                        "ecgfhir.sources.b.page-size must be 1..1000, was 'ten'",
                        "ecgfhir.kafka.brokers must be HOST:PORT, separated by commas, was 'kafka.example'",
                        "ecgfhir.sources.b.target is 'c', but there is no ecgfhir.targets.c.url");
    }

    @Test
    void refuses_a_key_that_does_not_exist_and_names_the_nearest() {
        assertThat(problems(Map.of(
                        "ecgfhir.model.demonstration", "true",
                        "ecgfhir.model.twelvelaed", "x",
                        "ecgfhir.sources.ward.pollinterval.x", "x",
                        "ecgfhir.sources.ward.url", "http://x.example",
                        "ecgfhir.sources.ward.urll", "x",
                        "server.port", "1")))
                .containsExactlyInAnyOrder(
                        "ecgfhir.model.twelvelaed is not a setting; the nearest one is ecgfhir.model.twelve-lead",
                        "ecgfhir.sources.ward.pollinterval.x is not a setting; the nearest one is ecgfhir.sources.ward.poll-interval",
                        "ecgfhir.sources.ward.urll is not a setting; the nearest one is ecgfhir.sources.ward.url");
    }

    @Test
    void says_how_to_get_the_published_weights_where_no_model_is_given() {
        assertThat(problems(Map.of()))
                .singleElement()
                .asString()
                .startsWith("no model: set ecgfhir.model.twelve-lead and ecgfhir.model.single-lead")
                .contains(
                        "https://huggingface.co/PKUDigitalHealth/ECGFounder",
                        "12_lead_ECGFounder.pth",
                        "1_lead_ECGFounder.pth",
                        "MIT licence",
                        "ecgfhir.model.demonstration=true");
    }

    @Test
    void refuses_demonstration_weights_beside_a_model() throws IOException {
        Path weights = Files.createFile(directory.resolve("w.pth"));

        assertThat(problems(
                        Map.of("ecgfhir.model.single-lead", weights.toString(), "ecgfhir.model.demonstration", "true")))
                .containsExactly(
                        "ecgfhir.model.demonstration must be false where ecgfhir.model.single-lead names a model, was 'true'");
    }

    @Test
    void refuses_a_model_file_that_is_not_there() {
        Path missing = directory.resolve("missing.pth");

        assertThat(problems(Map.of("ecgfhir.model.twelve-lead", missing.toString())))
                .containsExactly("ecgfhir.model.twelve-lead: there is no file " + missing + " that can be read");
    }

    @Test
    void refuses_the_embedded_repository_as_a_source_where_it_is_off() {
        assertThat(problems(Map.of(
                        "ecgfhir.model.demonstration", "true",
                        "ecgfhir.repository.enabled", "false",
                        "ecgfhir.sources.own.url", "self")))
                .containsExactly("ecgfhir.sources.own.url is 'self', but ecgfhir.repository.enabled is false");
    }

    @Test
    void refuses_servers_that_would_be_read_or_named_twice() {
        assertThat(problems(Map.of(
                        "ecgfhir.model.demonstration", "true",
                        "ecgfhir.sources.a.url", "http://x.example/fhir",
                        "ecgfhir.sources.b.url", "http://x.example/fhir/",
                        "ecgfhir.targets.b.url", "http://y.example/fhir")))
                .containsExactly(
                        "'b' is a source and a target; each name may be given once",
                        "ecgfhir.sources.b.url is that of source 'a' too; each ECG would be found twice");
    }

    @Test
    void refuses_a_query_that_the_source_sets_itself() {
        assertThat(problems(Map.of(
                        "ecgfhir.model.demonstration", "true",
                        "ecgfhir.sources.a.url", "http://x.example/fhir",
                        "ecgfhir.sources.a.query", "_lastUpdated=ge2020",
                        "ecgfhir.sources.b.url", "http://y.example/fhir",
                        "ecgfhir.sources.b.query", "code")))
                .containsExactly(
                        "ecgfhir.sources.a.query: '_lastUpdated' is set by the source itself and cannot be a search parameter",
                        "ecgfhir.sources.b.query must be FHIR search parameters, a=b&c=d, was 'code'");
    }

    @Test
    void never_shows_a_password_or_what_an_address_of_a_database_holds() {
        Settings settings = SettingsReader.read(Map.of(
                "ecgfhir.model.demonstration", "true",
                "ecgfhir.ledger.jdbc-url", "jdbc:postgresql://joe:hunter2@db/ecg?password=hunter2",
                "ecgfhir.ledger.password", "hunter2"));

        assertThat(settings.toString()).doesNotContain("hunter2").contains("jdbc:postgresql://db/ecg");
        assertThat(problems(Map.of("ecgfhir.ledger.jdbc-url", "jdbc:oracle:thin:hunter2@x")))
                .anyMatch(line -> line.contains("jdbc:oracle:...'"))
                .noneMatch(line -> line.contains("hunter2"));
        assertThat(problems(Map.of("ecgfhir.sources.a.url", "http://joe:hunter2@x.example")))
                .contains("ecgfhir.sources.a.url must not hold a user name or password")
                .noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void reads_basic_authentication_with_the_password_from_a_file() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "hunter2\n");

        Settings settings = SettingsReader.read(Map.of(
                "ecgfhir.model.demonstration", "true",
                "ecgfhir.sources.a.url", "https://x.example/fhir",
                "ecgfhir.sources.a.auth", "basic",
                "ecgfhir.sources.a.user", "ecg",
                "ecgfhir.sources.a.password", "file:" + file));

        assertThat(settings.sources().get(0).access())
                .isEqualTo(new Access(new Credentials.Basic("ecg", "hunter2"), Transport.direct()));
        assertThat(settings.toString()).contains("[redacted]").doesNotContain("hunter2");
    }

    @Test
    void asks_for_what_reading_and_writing_need_where_no_scope_is_given() {
        Settings settings = SettingsReader.read(Map.of(
                "ecgfhir.model.demonstration", "true",
                "ecgfhir.sources.a.url", "https://x.example/fhir",
                "ecgfhir.sources.a.auth", "client-secret",
                "ecgfhir.sources.a.client-id", "ecg",
                "ecgfhir.sources.a.client-secret", "s",
                "ecgfhir.sources.a.target", "b",
                "ecgfhir.targets.b.url", "https://y.example/fhir",
                "ecgfhir.targets.b.auth", "client-secret",
                "ecgfhir.targets.b.client-id", "ecg",
                "ecgfhir.targets.b.client-secret", "s"));

        assertThat(scope(settings.sources().get(0).access())).isEqualTo("system/Observation.rs");
        assertThat(scope(settings.targets().get(0).access()))
                .isEqualTo(
                        "system/Observation.crus system/DiagnosticReport.crus system/Provenance.crus system/Device.crus");
    }

    private static String scope(Access access) {
        return ((Credentials.ClientSecret) access.credentials()).tokens().scope();
    }

    @Test
    void refuses_what_does_not_belong_to_the_way_of_authentication_and_misses_what_does() {
        assertThat(problems(Map.ofEntries(
                        Map.entry("ecgfhir.model.demonstration", "true"),
                        Map.entry("ecgfhir.sources.a.url", "https://x.example/fhir"),
                        Map.entry("ecgfhir.sources.a.auth", "smart"),
                        Map.entry("ecgfhir.sources.a.client-secret", "hunter2"),
                        Map.entry("ecgfhir.sources.b.url", "https://y.example/fhir"),
                        Map.entry("ecgfhir.sources.b.user", "joe"),
                        Map.entry("ecgfhir.sources.b.trust-store-password", "hunter2"),
                        Map.entry("ecgfhir.sources.b.proxy", "https://proxy"),
                        Map.entry("ecgfhir.sources.c.url", "self"),
                        Map.entry("ecgfhir.sources.c.auth", "basic"),
                        Map.entry("ecgfhir.targets.d.url", "https://z.example/fhir"),
                        Map.entry("ecgfhir.targets.d.auth", "basic"),
                        Map.entry("ecgfhir.targets.d.user", "ecg"),
                        Map.entry("ecgfhir.targets.d.password", "file:/nowhere"))))
                .containsExactlyInAnyOrder(
                        "ecgfhir.sources.a.client-secret is set, but ecgfhir.sources.a.auth is smart",
                        "ecgfhir.sources.a.client-id is missing; ecgfhir.sources.a.auth is smart",
                        "ecgfhir.sources.a.private-key is missing; ecgfhir.sources.a.auth is smart",
                        "ecgfhir.sources.b.user is set, but ecgfhir.sources.b.auth is none",
                        "ecgfhir.sources.b.trust-store-password is set, but ecgfhir.sources.b.trust-store is not set",
                        "ecgfhir.sources.b.proxy must be http://HOST:PORT, was 'https://proxy'",
                        "ecgfhir.sources.c.auth is set, but the embedded repository needs none of it",
                        "ecgfhir.targets.d.password names a file that cannot be read");
    }

    @Test
    void names_a_file_of_access_that_cannot_be_used() throws IOException {
        Path key = Files.writeString(directory.resolve("key.json"), "{}");

        assertThat(problems(Map.of(
                        "ecgfhir.model.demonstration", "true",
                        "ecgfhir.sources.a.url", "https://x.example/fhir",
                        "ecgfhir.sources.a.auth", "smart",
                        "ecgfhir.sources.a.client-id", "ecg",
                        "ecgfhir.sources.a.private-key", key.toString())))
                .containsExactly(
                        "ecgfhir.sources.a: " + key + ": cannot be read as a JSON Web Key or Key Set (ParseException)");
    }

    private static List<String> problems(Map<String, String> given) {
        return catchThrowableOfType(ConfigurationException.class, () -> SettingsReader.read(given))
                .problems();
    }
}
