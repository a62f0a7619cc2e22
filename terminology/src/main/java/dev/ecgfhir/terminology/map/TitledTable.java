package dev.ecgfhir.terminology.map;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table whose first line is {@code # KIND VERSION DATE} and whose second line names the columns.
 *
 * @param version of the table, three numbers
 * @param rows what follows; at least one, their fields not yet counted
 */
record TitledTable(String version, List<CsvRecord> rows) {
    /** Returns the text of a file that comes with this library. */
    static String bundled(String name) {
        try (InputStream in = TitledTable.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + name + " cannot be read", e);
        }
    }

    /**
     * Reads a table.
     *
     * @param text the whole file
     * @param file what to call it in messages
     * @param kind the word in its first line
     * @param columns their names in order
     * @throws LabelMapException if it is no such table
     */
    static TitledTable parse(String text, String file, String kind, List<String> columns) {
        List<CsvRecord> records;
        try {
            records = CsvReader.read(text);
        } catch (IllegalArgumentException e) {
            throw new LabelMapException(file, List.of(new LabelMapProblem(1, "", String.valueOf(e.getMessage()))));
        }
        Matcher title = Pattern.compile("# " + kind + " ([0-9]+\\.[0-9]+\\.[0-9]+) [0-9-]{10}")
                .matcher(records.isEmpty() ? "" : records.get(0).fields().get(0));
        if (!title.matches() || records.size() < 3 || !records.get(1).fields().equals(columns)) {
            throw new LabelMapException(
                    file,
                    List.of(new LabelMapProblem(
                            1,
                            "",
                            "must begin with '# " + kind + " VERSION DATE', the columns " + String.join(",", columns)
                                    + " and a row")));
        }
        return new TitledTable(title.group(1), List.copyOf(records.subList(2, records.size())));
    }
}
