package dev.ecgfhir.cli;

import dev.ecgfhir.config.ConfigurationException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * What is known of recordings, as a table: columns {@code file} and {@code labels}, and where wanted {@code resource}, {@code patient} and
 * {@code unknown}. Lists are separated by a semicolon. A label that stands neither in {@code labels} nor in {@code unknown} is held to be
 * absent. Immutable.
 */
final class LabelFile {
    private static final Set<String> COLUMNS = Set.of("file", "labels", "resource", "patient", "unknown");

    private final Map<String, Row> rows;

    private LabelFile(Map<String, Row> rows) {
        this.rows = Map.copyOf(rows);
    }

    /**
     * What is known of one recording.
     *
     * @param present labels that are true of it
     * @param unknown labels of which nobody knows
     * @param patient a number for the patient; recordings without patient have one each
     */
    record Row(Set<String> present, Set<String> unknown, int patient) {}

    /**
     * Reads the table.
     *
     * @param file the table; names of recordings in it are relative to its folder
     * @param labels labels of the model
     * @throws ConfigurationException if anything is wrong; one line for each mistake
     */
    static LabelFile read(Path file, Set<String> labels) {
        List<String> problems = new ArrayList<>();
        Map<String, Row> rows = new LinkedHashMap<>();
        Map<String, Integer> patients = new HashMap<>();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .setIgnoreEmptyLines(true)
                .build();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser parser = CSVParser.parse(in, format)) {
            Set<String> header = Set.copyOf(parser.getHeaderNames());
            if (!header.contains("file") || !header.contains("labels")) {
                throw new ConfigurationException(
                        List.of(file + ": line 1: the columns file and labels are needed, found "
                                + String.join(", ", parser.getHeaderNames())));
            }
            header.stream()
                    .filter(column -> !COLUMNS.contains(column))
                    .sorted()
                    .forEach(column -> problems.add(file + ": line 1: column '" + column
                            + "' is not one of file, labels, resource, patient, unknown"));
            for (CSVRecord record : parser) {
                String where = file + ": line " + parser.getCurrentLineNumber() + ": ";
                if (!record.isConsistent()) {
                    problems.add(where + "has " + record.size() + " columns, expected "
                            + parser.getHeaderNames().size());
                    continue;
                }
                Set<String> present = list(record, "labels", labels, where, problems);
                Set<String> unknown = list(record, "unknown", labels, where, problems);
                String patient = cell(record, "patient").orElse("\u0000" + rows.size());
                int number = patients.computeIfAbsent(patient, name -> patients.size());
                String key = key(file.toAbsolutePath().resolveSibling(record.get("file")), cell(record, "resource"));
                if (rows.put(key, new Row(present, unknown, number)) != null) {
                    problems.add(where + "'" + record.get("file") + "' stands above already");
                }
            }
        } catch (IOException | IllegalArgumentException | java.io.UncheckedIOException e) {
            problems.add(file + " cannot be read as comma-separated UTF-8 text: " + e.getMessage());
        }
        if (rows.isEmpty() && problems.isEmpty()) {
            problems.add(file + " has no rows");
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new LabelFile(rows);
    }

    /** Returns what is known of an ECG; empty if the table has no row for it. */
    Optional<Row> find(Ecg ecg) {
        Path file = Path.of(ecg.input()).toAbsolutePath();
        return Optional.ofNullable(rows.get(key(file, ecg.resource())))
                .or(() -> Optional.ofNullable(rows.get(key(file, Optional.empty()))));
    }

    private static String key(Path file, Optional<String> resource) {
        return file.normalize() + "\u0000" + resource.orElse("");
    }

    private static Optional<String> cell(CSVRecord record, String column) {
        return record.isMapped(column) && !record.get(column).isBlank()
                ? Optional.of(record.get(column))
                : Optional.empty();
    }

    private static Set<String> list(
            CSVRecord record, String column, Set<String> labels, String where, List<String> problems) {
        Set<String> found = new java.util.LinkedHashSet<>();
        for (String item : cell(record, column).map(text -> text.split(";", -1)).orElse(new String[0])) {
            String label = item.strip();
            if (labels.contains(label)) {
                found.add(label);
            } else if (!label.isEmpty()) {
                problems.add(where + "the model has no label '" + label + "'");
            }
        }
        return Set.copyOf(found);
    }
}
