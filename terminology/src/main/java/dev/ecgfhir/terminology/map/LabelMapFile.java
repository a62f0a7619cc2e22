package dev.ecgfhir.terminology.map;

import dev.ecgfhir.terminology.ConceptScope;
import dev.ecgfhir.terminology.LabelMap;
import dev.ecgfhir.terminology.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reviewed table from which everything else follows: label map, CodeSystem, ConceptMap and value sets.
 *
 * <p>Comma-separated text in UTF-8. The first line is {@code # NAME VERSION DATE}, the second the column names {@link #COLUMNS}, then
 * one row for each label in the order of the network's outputs. A row that repeats index and label and leaves text, group and alert empty
 * adds a further target to the label above. A file is checked whole: all its mistakes are reported at once.
 * Immutable and safe to share between threads.
 */
public final class LabelMapFile {
    /** The columns, in this order. */
    public static final List<String> COLUMNS = List.of(
            "index",
            "label",
            "text",
            "group",
            "equivalence",
            "code",
            "display",
            "semanticTag",
            "source",
            "inGlobalPatientSet",
            "comment",
            "alert",
            "alertSource");

    private static final String BUNDLED = "ecgfounder-labels-to-snomed-ct.csv";
    private static final Pattern TITLE =
            Pattern.compile("# ([a-z0-9-]+) ([0-9]+\\.[0-9]+\\.[0-9]+) ([0-9]{4}-[0-9]{2}-[0-9]{2})");

    private final String name;
    private final String version;
    private final LocalDate date;
    private final List<ReviewedMapping> rows;

    private LabelMapFile(String name, String version, LocalDate date, List<ReviewedMapping> rows) {
        this.name = name;
        this.version = version;
        this.date = date;
        this.rows = List.copyOf(rows);
    }

    /** Reads the map that comes with this library: ECGFounder's 150 labels to SNOMED CT. */
    public static LabelMapFile bundled() {
        try (InputStream in = LabelMapFile.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new IllegalStateException("resource " + BUNDLED + " is missing from the jar");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), BUNDLED);
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + BUNDLED + " cannot be read", e);
        }
    }

    /**
     * Reads a map.
     *
     * @param text the whole file
     * @param file what to call it in messages
     * @throws LabelMapException if anything in it is wrong; names every mistake
     */
    public static LabelMapFile parse(String text, String file) {
        int end = text.indexOf('\n');
        Matcher title = TITLE.matcher(end < 0 ? text : text.substring(0, end).stripTrailing());
        if (!title.matches()) {
            throw new LabelMapException(
                    file,
                    List.of(new LabelMapProblem(
                            1, "", "must be '# NAME VERSION DATE', as '# my-map 1.0.0 2026-11-24'")));
        }
        LocalDate date;
        List<CsvRecord> records;
        try {
            date = LocalDate.parse(title.group(3));
            records = CsvReader.read(text);
        } catch (DateTimeParseException e) {
            throw new LabelMapException(file, List.of(new LabelMapProblem(1, "", "no date: '" + title.group(3) + "'")));
        } catch (IllegalArgumentException e) {
            throw new LabelMapException(file, List.of(new LabelMapProblem(1, "", String.valueOf(e.getMessage()))));
        }
        return new LabelMapFile(title.group(1), title.group(2), date, rows(records.subList(1, records.size()), file));
    }

    private static List<ReviewedMapping> rows(List<CsvRecord> records, String file) {
        if (records.isEmpty() || !records.get(0).fields().equals(COLUMNS)) {
            int line = records.isEmpty() ? 2 : records.get(0).line();
            throw new LabelMapException(
                    file, List.of(new LabelMapProblem(line, "", "the columns must be " + String.join(",", COLUMNS))));
        }
        List<LabelMapProblem> problems = new ArrayList<>();
        List<ReviewedMapping> rows = new ArrayList<>();
        TableChecks table = new TableChecks();
        for (CsvRecord record : records.subList(1, records.size())) {
            if (record.fields().size() != COLUMNS.size()) {
                problems.add(new LabelMapProblem(
                        record.line(),
                        "",
                        COLUMNS.size() + " fields expected, found "
                                + record.fields().size()));
                continue;
            }
            MapRow row = MapRow.of(record);
            List<String> reasons = new ArrayList<>(RowChecks.check(row));
            reasons.addAll(table.check(row));
            for (String reason : reasons) {
                problems.add(new LabelMapProblem(row.line(), row.label(), reason));
            }
            if (reasons.isEmpty() && row.further()) {
                int last = rows.size()
                        - 1; // another label only where the row above has a mistake, and nothing is returned
                if (last >= 0 && rows.get(last).mapping().label().equals(row.label())) {
                    rows.set(last, row.addTo(rows.get(last)));
                }
            } else if (reasons.isEmpty()) {
                rows.add(row.reviewed());
            }
        }
        if (rows.isEmpty() && problems.isEmpty()) {
            problems.add(new LabelMapProblem(2, "", "no rows"));
        }
        if (!problems.isEmpty()) {
            throw new LabelMapException(file, problems);
        }
        return rows;
    }

    /** Returns the map's name, for example {@code ecgfounder-labels-to-snomed-ct}. */
    public String name() {
        return name;
    }

    /** Returns the map's version, for example {@code 1.0.0}. */
    public String version() {
        return version;
    }

    /** Returns the day of its last change. */
    public LocalDate date() {
        return date;
    }

    /** Returns the rows in the order of the labels. */
    public List<ReviewedMapping> rows() {
        return rows;
    }

    /**
     * Makes the map that callers use.
     *
     * @param scope which concepts may be given; a label whose concept is outside becomes unmatched, and its comment says why
     */
    public LabelMap labelMap(ConceptScope scope) {
        List<Mapping> mappings = new ArrayList<>();
        for (ReviewedMapping row : rows) {
            mappings.add(scope.narrow(row));
        }
        return new TableLabelMap(version, scope, mappings);
    }
}
