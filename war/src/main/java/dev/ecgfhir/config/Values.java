package dev.ecgfhir.config;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.convert.DurationStyle;

/** Turns texts into values and collects what is wrong with them; a wrong value is replaced so that reading goes on. */
final class Values {
    private static final String IN_FILE = "file:";

    private final RawSettings raw;
    private final List<String> problems = new ArrayList<>();

    Values(RawSettings raw) {
        this.raw = raw;
        problems.addAll(raw.unknown());
    }

    List<String> problems() {
        return problems;
    }

    void problem(String line) {
        problems.add(line);
    }

    Optional<String> text(Key key) {
        return raw.find(key);
    }

    List<String> names(String group) {
        return raw.names(group);
    }

    String choice(Key key, Set<String> allowed) {
        String value = raw.find(key).orElse(key.fallback());
        if (!allowed.contains(value)) {
            wrong(key, value);
        }
        return value;
    }

    Optional<String> optionalChoice(Key key, Set<String> allowed) {
        return raw.find(key).isEmpty() ? Optional.empty() : Optional.of(choice(key, allowed));
    }

    boolean flag(Key key) {
        String value = raw.find(key).orElse(key.fallback()).toLowerCase(Locale.ROOT);
        if (!Set.of("true", "false").contains(value)) {
            wrong(key, value);
        }
        return value.equals("true");
    }

    int integer(Key key, int least, int most) {
        String value = raw.find(key).orElse(key.fallback());
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the line below, which shows the value
        }
        wrong(key, value);
        return least;
    }

    Optional<Integer> optionalInteger(Key key, int least, int most) {
        return raw.find(key).map(given -> integer(key, least, most));
    }

    /** Reads a number, or nothing for {@code auto}. */
    Optional<Integer> integerOrAuto(Key key, int least, int most) {
        return raw.find(key).orElse(key.fallback()).equals("auto")
                ? Optional.empty()
                : Optional.of(integer(key, least, most));
    }

    Duration duration(Key key, Duration least, Duration most) {
        String value = raw.find(key).orElse(key.fallback());
        try {
            Duration duration = DurationStyle.detectAndParse(value);
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            // falls through to the line below, which shows the value
        }
        wrong(key, value);
        return least;
    }

    /** Reads an http(s) address; a trailing slash is taken off. */
    Optional<URI> address(Key key) {
        Optional<String> value = raw.find(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(value.get().replaceAll("/+$", ""));
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
                if (uri.getUserInfo() != null) {
                    problem(key.name() + " must not hold a user name or password");
                    return Optional.empty();
                }
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // falls through to the line below, which shows the value
        }
        wrong(key, value.get());
        return Optional.empty();
    }

    Optional<Path> existingFile(Key key) {
        Optional<Path> path = raw.find(key).flatMap(value -> path(key, value));
        path.filter(file -> !Files.isRegularFile(file) || !Files.isReadable(file))
                .ifPresent(file ->
                        problem(key.name() + ": there is no file " + file.toAbsolutePath() + " that can be read"));
        return path;
    }

    /** Reads a secret: the text itself, or {@code file:} and the file that holds it; line ends around it do not count. */
    Secret secret(Key key) {
        String value = raw.find(key).orElse("");
        if (!value.startsWith(IN_FILE)) {
            return new Secret(value);
        }
        try {
            return new Secret(
                    Files.readString(Path.of(value.substring(IN_FILE.length()))).strip());
        } catch (IOException | InvalidPathException e) {
            problem(key.name() + " names a file that cannot be read");
            return new Secret("");
        }
    }

    Path directory(Key key) {
        String value = raw.find(key).orElse(key.fallback());
        Path path = path(key, value).orElse(Path.of(".")).toAbsolutePath().normalize();
        Path existing = path;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            problem(key.name() + " must be a directory that can be written, was " + path);
        }
        return path;
    }

    private Optional<Path> path(Key key, String value) {
        try {
            return Optional.of(Path.of(value));
        } catch (InvalidPathException e) {
            wrong(key, value);
            return Optional.empty();
        }
    }

    void wrong(Key key, String value) {
        problem(key.name() + " must be " + key.allowed() + ", was " + key.shown(value));
    }
}
