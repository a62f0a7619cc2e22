package dev.ecgfhir.config;

import dev.ecgfhir.fhir.source.SourceQuery;
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

    private final Values values;
    private final boolean repository;

    ServerSettings(Values values, boolean repository) {
        this.values = values;
        this.repository = repository;
    }

    List<TargetSettings> targets() {
        List<TargetSettings> targets = new ArrayList<>();
        for (String name : names("targets")) {
            targets.add(new TargetSettings(
                    name, server(Keys.TARGET_URL.of(name)), values.flag(Keys.TARGET_SAME_IDS.of(name))));
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
            if (twin != null && values.text(Keys.SOURCE_URL.of(source.name())).isPresent()) {
                values.problem(Keys.SOURCE_URL.of(source.name()).name() + " is that of source '" + twin
                        + "' too; each ECG would be found twice");
            }
        }
    }

    private SourceSettings source(String name, List<String> known) {
        return new SourceSettings(
                name,
                server(Keys.SOURCE_URL.of(name)),
                values.duration(Keys.SOURCE_POLL_INTERVAL.of(name), Duration.ofMillis(100), DAY),
                values.duration(Keys.SOURCE_OVERLAP.of(name), Duration.ZERO, DAY),
                values.integer(Keys.SOURCE_PAGE_SIZE.of(name), 1, 1000),
                query(Keys.SOURCE_QUERY.of(name)),
                values.optionalChoice(Keys.SOURCE_DEFAULT_UNIT.of(name), Set.of("mV", "uV", "nV", "V")),
                target(Keys.SOURCE_TARGET.of(name), known));
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

    private static boolean same(String one, String other) {
        return Key.uniform(one).equals(Key.uniform(other));
    }
}
