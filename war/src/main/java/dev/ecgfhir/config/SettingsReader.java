package dev.ecgfhir.config;

import dev.ecgfhir.inference.InferenceConfig;
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
    private static final Duration DAY = Duration.ofDays(1);
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";

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

    private Settings read() {
        values.existingFile(Keys.CONFIG);
        Path data = values.directory(Keys.DATA_DIRECTORY);
        Optional<URI> baseUrl = values.address(Keys.BASE_URL);
        RepositorySettings repository = repository(data);
        List<TargetSettings> targets = targets(repository.enabled());
        return new Settings(
                data,
                baseUrl,
                model(),
                inference(),
                values.choice(Keys.MAINS, Set.of("50", "60")).equals("60") ? 60 : 50,
                reports(),
                repository,
                database(Keys.LEDGER_JDBC_URL, Keys.LEDGER_USER, Keys.LEDGER_PASSWORD, data),
                sources(targets, repository.enabled()),
                targets);
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
                    + " 1_lead_ECGFounder.pth at https://huggingface.co/PKUDigitalHealth/ECGFounder; or ask for the bundled"
                    + " demonstration weights, which are not for patients, with " + Keys.MODEL_DEMONSTRATION.name()
                    + "=true");
        }
        return new ModelSettings(twelve, single, demonstration);
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
                values.integer(Keys.THREADS, 1, 256));
    }

    private ReportSettings reports() {
        return new ReportSettings(
                values.choice(Keys.REPORT_STATUS, Set.of("preliminary", "partial"))
                        .equals("partial"),
                values.choice(Keys.TERMINOLOGY_SCOPE, Set.of("all", "global-patient-set"))
                        .equals("global-patient-set"));
    }

    private RepositorySettings repository(Path data) {
        return new RepositorySettings(
                values.flag(Keys.REPOSITORY_ENABLED),
                database(Keys.REPOSITORY_JDBC_URL, Keys.REPOSITORY_USER, Keys.REPOSITORY_PASSWORD, data));
    }

    private DatabaseSettings database(Key url, Key user, Key password, Path data) {
        String fallback = "jdbc:h2:file:" + data.resolve("ecgfhir") + ";DB_CLOSE_ON_EXIT=FALSE";
        String given = values.text(url).orElse(fallback);
        if (!given.startsWith("jdbc:h2:") && !given.startsWith("jdbc:postgresql:")) {
            values.problem(url.name() + " must be " + url.allowed() + ", was '" + given.split(":", 3)[0] + ":"
                    + (given.contains(":") ? given.split(":", 3)[1] : "") + ":...'");
        }
        return new DatabaseSettings(
                given,
                values.text(user).orElse(user.fallback()),
                new Secret(values.text(password).orElse("")));
    }

    private List<TargetSettings> targets(boolean repository) {
        List<TargetSettings> targets = new ArrayList<>();
        for (String name : names("targets")) {
            targets.add(new TargetSettings(
                    name, server(Keys.TARGET_URL.of(name), repository), values.flag(Keys.TARGET_SAME_IDS.of(name))));
        }
        return targets;
    }

    private List<SourceSettings> sources(List<TargetSettings> targets, boolean repository) {
        List<SourceSettings> sources = new ArrayList<>();
        for (String name : names("sources")) {
            sources.add(source(name, targets, repository));
        }
        return sources;
    }

    private SourceSettings source(String name, List<TargetSettings> targets, boolean repository) {
        Key targetKey = Keys.SOURCE_TARGET.of(name);
        Optional<String> target = values.text(targetKey)
                .map(given -> targets.stream()
                        .map(TargetSettings::name)
                        .filter(known -> Key.uniform(known).equals(Key.uniform(given)))
                        .findFirst()
                        .orElseGet(() -> {
                            values.problem(targetKey.name() + " is '" + given + "', but there is no ecgfhir.targets."
                                    + given + ".url");
                            return given;
                        }));
        return new SourceSettings(
                name,
                server(Keys.SOURCE_URL.of(name), repository),
                values.duration(Keys.SOURCE_POLL_INTERVAL.of(name), Duration.ofMillis(100), DAY),
                values.duration(Keys.SOURCE_OVERLAP.of(name), Duration.ZERO, DAY),
                values.integer(Keys.SOURCE_PAGE_SIZE.of(name), 1, 1000),
                values.text(Keys.SOURCE_QUERY.of(name)),
                values.optionalChoice(Keys.SOURCE_DEFAULT_UNIT.of(name), Set.of("mV", "uV", "nV", "V")),
                target);
    }

    private ServerAddress server(Key key, boolean repository) {
        Optional<String> given = values.text(key);
        if (given.isEmpty()) {
            values.problem(key.name() + " is missing; it must be " + key.allowed());
        } else if (given.get().equals("self")) {
            if (!repository) {
                values.problem(key.name() + " is 'self', but " + Keys.REPOSITORY_ENABLED.name() + " is false");
            }
            return new ServerAddress(Optional.empty());
        }
        return new ServerAddress(values.address(key));
    }

    private List<String> names(String group) {
        List<String> names = values.names(group);
        names.stream()
                .filter(name -> !name.matches(NAME))
                .forEach(name -> values.problem(Keys.PREFIX + group + "." + name + ": the name '" + name
                        + "' must be of a-z, 0-9 and dashes, 1..64 characters"));
        return names;
    }
}
