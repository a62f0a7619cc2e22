package dev.ecgfhir.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Settings as text: found by name however it is spelled, and checked for names that do not exist. */
final class RawSettings {
    /** Uniform name to value. */
    private final Map<String, String> values = new LinkedHashMap<>();

    /** Uniform name to the name as written. */
    private final Map<String, String> written = new LinkedHashMap<>();

    RawSettings(Map<String, String> given) {
        given.forEach((name, value) -> {
            String uniform = Key.uniform(name);
            if (values.putIfAbsent(uniform, value.strip()) == null) {
                written.put(uniform, name);
            }
        });
    }

    /** Returns the value of a setting; blank counts as absent. */
    Optional<String> find(Key key) {
        return Optional.ofNullable(values.get(Key.uniform(key.name()))).filter(value -> !value.isEmpty());
    }

    /** Returns the names that the user chose under {@code ecgfhir.sources.} and the like, in alphabetical order. */
    List<String> names(String group) {
        String prefix = Keys.PREFIX + group + ".";
        Map<String, String> names = new TreeMap<>();
        written.forEach((uniform, name) -> {
            if (uniform.startsWith(prefix)) {
                String rest = name.substring(prefix.length());
                int dot = rest.indexOf('.');
                if (dot > 0 && rest.indexOf('.', dot + 1) < 0) {
                    // Of two spellings of one name the one with dashes is kept: an environment variable cannot hold
                    // them.
                    names.merge(
                            Key.uniform(rest.substring(0, dot)),
                            rest.substring(0, dot),
                            (a, b) -> a.length() >= b.length() ? a : b);
                }
            }
        });
        return List.copyOf(names.values());
    }

    /** Returns one line for each name under {@code ecgfhir.} that is no setting. */
    List<String> unknown() {
        List<String> lines = new ArrayList<>();
        written.forEach((uniform, name) -> {
            if (uniform.startsWith(Keys.PREFIX) && Keys.ALL.stream().noneMatch(key -> matches(key, uniform))) {
                lines.add(unknown(name, uniform));
            }
        });
        return lines;
    }

    private static String unknown(String name, String uniform) {
        String today = Keys.RENAMED.get(uniform);
        if (today != null) {
            return name + " is called " + today + " today";
        }
        return name + " is not a setting; the nearest one is " + nearest(uniform);
    }

    private static boolean matches(Key key, String uniform) {
        if (!key.named()) {
            return Key.uniform(key.name()).equals(uniform);
        }
        String prefix = Key.uniform(prefix(key));
        String suffix = Key.uniform(suffix(key));
        return uniform.startsWith(prefix)
                && uniform.endsWith(suffix)
                && uniform.length() > prefix.length() + suffix.length()
                && uniform.substring(prefix.length(), uniform.length() - suffix.length())
                                .indexOf('.')
                        < 0;
    }

    private static String nearest(String uniform) {
        String best = "";
        int least = Integer.MAX_VALUE;
        for (Key key : Keys.ALL) {
            String candidate = key.named() ? named(key, uniform) : key.name();
            int distance = LevenshteinDistance.getDefaultInstance().apply(Key.uniform(candidate), uniform);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** Puts the name that the user chose, where one can be seen, in place of NAME. */
    private static String named(Key key, String uniform) {
        String prefix = Key.uniform(prefix(key));
        int end = uniform.indexOf('.', prefix.length());
        return uniform.startsWith(prefix) && end > prefix.length()
                ? key.of(uniform.substring(prefix.length(), end)).name()
                : key.name();
    }

    private static String prefix(Key key) {
        return StringUtils.substringBefore(key.name(), "NAME");
    }

    private static String suffix(Key key) {
        return StringUtils.substringAfter(key.name(), "NAME");
    }
}
