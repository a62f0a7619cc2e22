package dev.ecgfhir.inference;

import dev.ecgfhir.inference.Thresholds.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table of thresholds and finds all its mistakes in one pass.
 *
 * <p>UTF-8 text with comma-separated columns. The first line names the version, the second the columns; then one line for each label
 * in the order of the network's outputs. Lines that begin with {@code #} and empty lines are skipped.
 *
 * <pre>
 * version,st-elsewhere-2026-11
 * index,label,assessed,reported,threshold,validated
 * 0,ABNORMAL ECG,yes,yes,0.41,yes
 * </pre>
 */
final class ThresholdsReader {
    private static final String HEADER = "index,label,assessed,reported,threshold,validated";
    private static final int MOST_PROBLEMS = 20;

    private final String source;
    private final List<Label> labels;
    private final List<String> problems = new ArrayList<>();

    private ThresholdsReader(String source, List<Label> labels) {
        this.source = source;
        this.labels = labels;
    }

    /**
     * Reads a table.
     *
     * @param source names the file in messages
     * @param text the whole file
     * @param labels the model's labels in order
     * @throws ThresholdsException if anything is wrong; lists all mistakes
     */
    static Thresholds read(String source, String text, List<Label> labels) {
        return new ThresholdsReader(source, labels).read(text);
    }

    private Thresholds read(String text) {
        String version = "";
        boolean header = false;
        List<Rule> rules = new ArrayList<>();
        int rows = 0;
        String[] lines = text.split("\r?\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (version.isEmpty()) {
                version = version(i + 1, line);
            } else if (!header) {
                header = true;
                if (!line.equals(HEADER)) {
                    problems.add("line " + (i + 1) + ": expected the columns '" + HEADER + "'");
                }
            } else {
                Rule rule = rule(i + 1, rows++, line);
                if (rule != null) {
                    rules.add(rule);
                }
            }
        }
        if (rows != labels.size()) {
            problems.add("has " + rows + " rows, the model has " + labels.size() + " labels");
        }
        if (!problems.isEmpty()) {
            int more = problems.size() - MOST_PROBLEMS;
            List<String> told = new ArrayList<>(problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS)));
            if (more > 0) {
                told.add("and " + more + " more");
            }
            throw new ThresholdsException(source, told);
        }
        return Thresholds.of(version, rules);
    }

    private String version(int number, String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != 2 || !cells[0].equals("version") || cells[1].isBlank()) {
            problems.add("line " + number + ": expected 'version,NAME'");
            return "?";
        }
        return cells[1].strip();
    }

    private @Nullable Rule rule(int number, int row, String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != 6) {
            problems.add("line " + number + ": has " + cells.length + " columns, expected 6");
            return null;
        }
        int before = problems.size();
        if (!cells[0].equals(Integer.toString(row))) {
            problems.add("line " + number + ": index is '" + cells[0] + "', expected " + row
                    + "; rows stand in the order of" + " the labels");
        } else if (row < labels.size() && !cells[1].equals(labels.get(row).name())) {
            problems.add("line " + number + ": label " + row + " is '" + cells[1] + "', the model calls it '"
                    + labels.get(row).name() + "'");
        }
        boolean assessed = yes(number, "assessed", cells[2]);
        boolean reported = yes(number, "reported", cells[3]);
        double threshold = threshold(number, cells[4]);
        boolean validated = yes(number, "validated", cells[5]);
        if (reported && !assessed) {
            problems.add("line " + number + ": reported is yes, but assessed is no");
        }
        return problems.size() > before || row >= labels.size()
                ? null
                : new Rule(labels.get(row), assessed, reported, threshold, validated);
    }

    private double threshold(int number, String cell) {
        try {
            double threshold = Double.parseDouble(cell);
            if (threshold > 0 && threshold < 1) {
                return threshold;
            }
        } catch (NumberFormatException e) {
            // told below, as any other value out of range
        }
        problems.add("line " + number + ": threshold is '" + cell + "', expected a number between 0 and 1");
        return 0.5;
    }

    private boolean yes(int number, String column, String cell) {
        if (!cell.equals("yes") && !cell.equals("no")) {
            problems.add("line " + number + ": " + column + " is '" + cell + "', expected yes or no");
        }
        return cell.equals("yes");
    }
}
