package dev.ecgfhir.inference;

import dev.ecgfhir.inference.Thresholds.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table of thresholds and finds all its mistakes in one pass.
 *
 * <p>UTF-8 text with comma-separated columns. The first line names the version; the next may name the model that the table was made for,
 * by the hash of its checkpoint; then the columns, then one line for each label in the order of the network's outputs. Lines that begin
 * with {@code #} and empty lines are skipped.
 *
 * <pre>
 * version,st-elsewhere-2026-11
 * model,sha256:3f2a...
 * index,label,assessed,reported,threshold,validated,indeterminateFrom,calibrationSlope,calibrationIntercept,positives,negatives
 * 0,ABNORMAL ECG,yes,yes,0.41,yes,0.35,1.1,-0.2,120,300
 * </pre>
 *
 * <p>The columns from {@code indeterminateFrom} on may lack, all together; an empty cell in them says that there is no grey zone or no
 * calibration. {@code positives} and {@code negatives} tell on how many recordings a threshold rests.
 */
final class ThresholdsReader {
    static final String SHORT = "index,label,assessed,reported,threshold,validated";
    static final String LONG = SHORT + ",indeterminateFrom,calibrationSlope,calibrationIntercept,positives,negatives";
    private static final int MOST_PROBLEMS = 20;

    private final String source;
    private final List<Label> labels;
    private final List<String> problems = new ArrayList<>();
    private String version = "";
    private String columns = "";
    private Optional<String> model = Optional.empty();

    private ThresholdsReader(String source, List<Label> labels) {
        this.source = source;
        this.labels = labels;
    }

    /**
     * Reads a table that belongs to a model by where it lies.
     *
     * @param source names the file in messages
     * @param text the whole file
     * @param labels the model's labels in order
     * @throws ThresholdsException if anything is wrong; lists all mistakes
     */
    static Thresholds read(String source, String text, List<Label> labels) {
        return new ThresholdsReader(source, labels).read(text, Optional.empty(), false);
    }

    /**
     * Reads a table for a model.
     *
     * @param source names the file in messages
     * @param text the whole file
     * @param model the model; a table that names another one is refused
     * @param named true if the table must name its model, since nothing else says that the two belong together
     * @throws ThresholdsException if anything is wrong; lists all mistakes
     */
    static Thresholds read(String source, String text, ModelDescription model, boolean named) {
        return new ThresholdsReader(source, model.labels()).read(text, Optional.of(model.hash()), named);
    }

    private Thresholds read(String text, Optional<String> hash, boolean named) {
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
            } else if (columns.isEmpty() && line.startsWith("model,")) {
                model = Optional.of(line.substring("model,".length()).strip());
            } else if (columns.isEmpty()) {
                columns = line;
                if (!line.equals(SHORT) && !line.equals(LONG)) {
                    problems.add("line " + (i + 1) + ": expected the columns '" + SHORT + "' or '" + LONG + "'");
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
        hash.ifPresent(wanted -> checkModel(wanted, named));
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

    private void checkModel(String wanted, boolean named) {
        if (model.isPresent() && !model.get().equals(wanted)) {
            problems.add("was made for the model " + model.get() + ", the model in use is " + wanted
                    + "; scores of two models cannot be compared, so thresholds have to be derived anew");
        } else if (named && model.isEmpty()) {
            problems.add("does not name its model: expected a line 'model," + wanted
                    + "' below the version, if it was made for the model in use");
        }
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
        int expected = columns.equals(LONG) ? 11 : 6;
        if (cells.length != expected) {
            problems.add("line " + number + ": has " + cells.length + " columns, expected " + expected);
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
        double indeterminateFrom = threshold;
        Optional<Calibration> calibration = Optional.empty();
        if (expected > 6) {
            indeterminateFrom = greyZone(number, cells[6], threshold);
            calibration = calibration(number, cells[7], cells[8]);
            count(number, "positives", cells[9]);
            count(number, "negatives", cells[10]);
        }
        return problems.size() > before || row >= labels.size()
                ? null
                : new Rule(labels.get(row), assessed, reported, threshold, validated, indeterminateFrom, calibration);
    }

    private double threshold(int number, String cell) {
        double threshold = number(cell);
        if (threshold > 0 && threshold < 1) {
            return threshold;
        }
        problems.add("line " + number + ": threshold is '" + cell + "', expected a number between 0 and 1");
        return 0.5;
    }

    private double greyZone(int number, String cell, double threshold) {
        double from = cell.isEmpty() ? threshold : number(cell);
        if (!(from > 0 && from <= threshold)) {
            problems.add("line " + number + ": indeterminateFrom is '" + cell
                    + "', expected a number above 0 and up to the threshold, " + threshold);
            return threshold;
        }
        return from;
    }

    private Optional<Calibration> calibration(int number, String slope, String intercept) {
        if (slope.isEmpty() && intercept.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Calibration(number(slope), number(intercept)));
        } catch (IllegalArgumentException e) {
            problems.add("line " + number + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private void count(int number, String column, String cell) {
        if (!cell.matches("[0-9]{0,9}")) {
            problems.add("line " + number + ": " + column + " is '" + cell + "', expected a whole number or nothing");
        }
    }

    private static double number(String cell) {
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private boolean yes(int number, String column, String cell) {
        if (!cell.equals("yes") && !cell.equals("no")) {
            problems.add("line " + number + ": " + column + " is '" + cell + "', expected yes or no");
        }
        return cell.equals("yes");
    }
}
