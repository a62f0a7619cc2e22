package dev.ecgfhir.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table at the end of the demonstration. */
final class DemoTable {
    private static final String SEPARATOR = " | ";
    private static final List<Column> COLUMNS = List.of(
            new Column("recording", 14),
            new Column("data set's own labels", 28),
            new Column("findings of the network", 34),
            new Column("score", 5),
            new Column("SNOMED CT", 16),
            new Column("outcome", 12),
            new Column("found", 6),
            new Column("read", 6),
            new Column("sent", 6));

    private DemoTable() {}

    private record Column(String title, int width) {}

    /** Returns the lines of the table, its heading included. */
    static List<String> lines(List<DemoRow> rows) {
        List<String> lines = new ArrayList<>();
        lines.add(line(COLUMNS.stream().map(Column::title).toList()));
        lines.add(rule());
        for (DemoRow row : rows) {
            lines.addAll(lines(row));
            lines.add(rule());
        }
        return lines;
    }

    private static List<String> lines(DemoRow row) {
        List<String> findings = new ArrayList<>();
        List<String> scores = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        for (PublishedReport.Finding finding :
                row.report().map(PublishedReport::findings).orElse(List.of())) {
            List<String> text = wrap(finding.text(), COLUMNS.get(2).width());
            findings.addAll(text);
            addPadded(scores, String.format(Locale.ROOT, "%.3f", finding.score()), text.size());
            addPadded(codes, finding.snomed().orElse("no code"), text.size());
        }
        if (findings.isEmpty() && row.report().isPresent()) {
            findings.add("none above its threshold");
        }
        List<List<String>> cells = List.of(
                List.of(row.recording().name()),
                wrap(row.recording().labels(), COLUMNS.get(1).width()),
                findings,
                scores,
                codes,
                wrap(row.outcome(), COLUMNS.get(5).width()),
                millis(row.foundAfter()),
                millis(row.interpretedAfter()),
                millis(row.deliveredAfter()));
        int height = cells.stream().mapToInt(List::size).max().orElse(1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < height; i++) {
            int index = i;
            lines.add(line(cells.stream()
                    .map(cell -> index < cell.size() ? cell.get(index) : "")
                    .toList()));
        }
        return lines;
    }

    private static List<String> millis(Optional<Long> millis) {
        return List.of(
                millis.map(value -> String.format(Locale.ROOT, "%6d", value)).orElse("     -"));
    }

    private static void addPadded(List<String> cells, String text, int height) {
        cells.add(text);
        cells.addAll(Collections.nCopies(height - 1, ""));
    }

    private static String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(i == 0 ? "" : SEPARATOR)
                    .append(cells.get(i))
                    .append(" "
                            .repeat(Math.max(
                                    0, COLUMNS.get(i).width() - cells.get(i).length())));
        }
        return line.toString().stripTrailing();
    }

    private static String rule() {
        return String.join(
                "-+-",
                COLUMNS.stream().map(column -> "-".repeat(column.width())).toList());
    }

    /** Breaks a text between words; a word longer than the line stays whole. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
