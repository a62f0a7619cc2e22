package dev.ecgfhir.fhir.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What findings are called in other languages than the terminology's own. No physician has reviewed the translations. */
final class FindingNames {
    private static final String FILE = "finding-names.csv";
    private static final List<ReportLanguage> COLUMNS =
            List.of(ReportLanguage.ENGLISH, ReportLanguage.GERMAN, ReportLanguage.FRENCH);
    private static final Map<String, List<String>> NAMES = read();

    private FindingNames() {}

    /** Returns the name in a language; empty if there is none. */
    static Optional<String> find(ReportLanguage language, String english) {
        return Optional.ofNullable(NAMES.get(english)).map(names -> names.get(COLUMNS.indexOf(language)));
    }

    private static Map<String, List<String>> read() {
        Map<String, List<String>> names = new HashMap<>();
        try (InputStream stream = FindingNames.class.getResourceAsStream(FILE)) {
            if (stream == null) {
                throw new IllegalStateException("no resource " + FILE);
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                List<String> row = List.of(line.split(";", -1));
                if (row.size() != COLUMNS.size() || row.stream().anyMatch(String::isBlank)) {
                    throw new IllegalStateException(
                            FILE + ": a row has one name for each language, found '" + line + "'");
                }
                names.put(row.get(0), row);
            });
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + FILE + " cannot be read", e);
        }
        return Map.copyOf(names);
    }
}
