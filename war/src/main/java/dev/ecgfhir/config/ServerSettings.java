package dev.ecgfhir.config;

import dev.ecgfhir.fhir.source.FhirClients;
import dev.ecgfhir.fhir.source.SourceQuery;
import dev.ecgfhir.routes.ArchiveConfig;
import dev.ecgfhir.routes.JoinConfig;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the servers that ECGs come from and reports go to. */
final class ServerSettings {
    private static final Duration DAY = Duration.ofDays(1);
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";

    // SMART App Launch 2.2, "Scopes and Launch Context": c, r, u, s for create, read, update, search
    private static final String READ = "system/Observation.rs";
    private static final String WRITE =
            "system/Observation.crus system/DiagnosticReport.crus system/Provenance.crus system/Device.crus";

    private static final String SUBSCRIBE = " system/Subscription.cruds";

    private final Values values;
    private final boolean repository;

    ServerSettings(Values values, boolean repository) {
        this.values = values;
        this.repository = repository;
    }

    List<TargetSettings> targets() {
        List<TargetSettings> targets = new ArrayList<>();
        for (String name : names("targets")) {
            ServerAddress address = server(TargetKeys.URL.of(name));
            targets.add(new TargetSettings(
                    name,
                    address,
                    values.flag(TargetKeys.SAME_IDS.of(name)),
                    new AccessReader(values, TargetKeys.ACCESS, name).read(address.self(), WRITE)));
        }
        return targets;
    }

    List<SourceSettings> sources(List<TargetSettings> targets) {
        List<String> names = names("sources");
        List<String> known = Stream.concat(targets.stream().map(TargetSettings::name), names.stream())
                .toList();
        List<SourceSettings> sources = new ArrayList<>();
        for (String name : names) {
            if (targets.stream().anyMatch(target -> same(target.name(), name))) {
                values.problem("'" + name + "' is a source and a target; each name may be given once");
            }
            sources.add(source(name, known));
        }
        twice(sources);
        return sources;
    }

    private void twice(List<SourceSettings> sources) {
        Map<ServerAddress, String> seen = new HashMap<>();
        for (SourceSettings source : sources) {
            String twin = seen.putIfAbsent(source.server(), source.name());
            if (twin != null && values.text(SourceKeys.URL.of(source.name())).isPresent()) {
                values.problem(SourceKeys.URL.of(source.name()).name() + " is that of source '" + twin
                        + "' too; each ECG would be found twice");
            }
        }
    }

    private SourceSettings source(String name, List<String> known) {
        ServerAddress address = server(SourceKeys.URL.of(name));
        return new SourceSettings(
                name,
                address,
                values.duration(SourceKeys.POLL_INTERVAL.of(name), Duration.ofMillis(100), DAY),
                values.duration(SourceKeys.OVERLAP.of(name), Duration.ZERO, DAY),
                values.duration(SourceKeys.SWEEP_INTERVAL.of(name), Duration.ofMinutes(1), Duration.ofDays(7)),
                values.duration(SourceKeys.DELETIONS_INTERVAL.of(name), Duration.ZERO, DAY),
                values.integer(SourceKeys.PAGE_SIZE.of(name), 1, 1000),
                query(SourceKeys.QUERY.of(name)),
                new ReadingReader(values)
                        .read(
                                SourceKeys.MAXIMUM_POINTS.of(name),
                                SourceKeys.DEFAULT_UNIT.of(name),
                                SourceKeys.LEAD_ORDER.of(name)),
                values.optionalInteger(SourceKeys.WORKERS.of(name), 1, 256),
                target(SourceKeys.TARGET.of(name), known),
                new ArchiveConfig(
                        values.choice(SourceKeys.BEGIN.of(name), Set.of("archive", "now"))
                                .equals("archive"),
                        values.integer(SourceKeys.BACKFILL_RATE.of(name), 0, 1_000_000),
                        values.integer(SourceKeys.BACKFILL_QUEUE.of(name), 1, 10_000_000),
                        export(SourceKeys.EXPORT.of(name))),
                new SubscriptionReader(values, name).read(address.self()),
                join(name),
                FhirClients.Limits.defaults()
                        .with(
                                (long) values.integer(SourceKeys.MAXIMUM_MEGABYTES.of(name), 1, 4096) << 20,
                                values.integer(SourceKeys.REQUESTS.of(name), 0, 1_000_000)),
                new AccessReader(values, SourceKeys.ACCESS, name)
                        .read(
                                address.self(),
                                (isWrittenTo(name, known) ? WRITE : READ)
                                        + (SubscriptionReader.isWanted(values, name) ? SUBSCRIBE : "")));
    }

    private Optional<JoinConfig> join(String name) {
        boolean wanted = values.flag(SourceKeys.JOIN.of(name));
        for (Key key : List.of(SourceKeys.JOIN_TOLERANCE.of(name), SourceKeys.JOIN_WAIT.of(name))) {
            if (!wanted && values.text(key).isPresent()) {
                values.problem(
                        key.name() + " is set, but " + SourceKeys.JOIN.of(name).name() + " is not true");
            }
        }
        JoinConfig join = new JoinConfig(
                values.duration(SourceKeys.JOIN_TOLERANCE.of(name), Duration.ZERO, Duration.ofMinutes(1)),
                values.duration(SourceKeys.JOIN_WAIT.of(name), Duration.ofSeconds(1), DAY));
        return wanted ? Optional.of(join) : Optional.empty();
    }

    /** A source is written to if its own reports come back to it, or another one's go there. */
    private boolean isWrittenTo(String name, List<String> sources) {
        Optional<String> own = values.text(SourceKeys.TARGET.of(name));
        return own.isEmpty()
                || sources.stream()
                        .anyMatch(one -> values.text(SourceKeys.TARGET.of(one))
                                .filter(target -> same(target, name))
                                .isPresent());
    }

    private String export(Key key) {
        String operation = values.text(key).orElse(key.fallback());
        if (!ArchiveConfig.isExport(operation)) {
            values.wrong(key, operation);
            return key.fallback();
        }
        return operation;
    }

    private Optional<String> target(Key key, List<String> known) {
        return values.text(key)
                .map(given -> known.stream()
                        .filter(one -> same(one, given))
                        .findFirst()
                        .orElseGet(() -> {
                            values.problem(key.name() + " is '" + given + "', but there is no ecgfhir.targets." + given
                                    + ".url");
                            return given;
                        }));
    }

    private Map<String, List<String>> query(Key key) {
        Optional<String> given = values.text(key);
        if (given.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : given.get().split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                values.wrong(key, given.get());
                return Map.of();
            }
            parameters
                    .computeIfAbsent(decoded(pair.substring(0, equals)), name -> new ArrayList<>())
                    .add(decoded(pair.substring(equals + 1)));
        }
        try {
            return SourceQuery.ecgs().withParameters(parameters).parameters();
        } catch (IllegalArgumentException e) {
            values.problem(key.name() + ": " + e.getMessage());
            return Map.of();
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a percent sign that encodes nothing means itself
        }
    }

    private ServerAddress server(Key key) {
        Optional<String> given = values.text(key);
        if (given.isEmpty()) {
            values.problem(key.name() + " is missing; it must be " + key.allowed());
        } else if (given.get().equals("self")) {
            if (!repository) {
                values.problem(
                        key.name() + " is 'self', but " + RepositoryKeys.REPOSITORY_ENABLED.name() + " is false");
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

    private static boolean same(String one, String other) {
        return Key.uniform(one).equals(Key.uniform(other));
    }
}
