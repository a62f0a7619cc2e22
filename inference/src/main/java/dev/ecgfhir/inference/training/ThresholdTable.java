package dev.ecgfhir.inference.training;

import dev.ecgfhir.inference.Thresholds.Rule;
import java.util.List;
import java.util.Locale;

/** Writes derived thresholds as the file that the product reads. */
public final class ThresholdTable {
    private ThresholdTable() {}

    /**
     * Returns the file's text.
     *
     * @param version names the table in reports; no comma, no line break
     * @param modelHash {@code sha256:<hex>} of the checkpoint, to which the table is bound
     * @param notes lines for readers, how it was made
     * @param labels one for each label in the order of the labels
     * @return UTF-8 text
     */
    public static String text(String version, String modelHash, List<String> notes, List<DerivedThreshold> labels) {
        if (!version.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException(
                    "a table's version must be 1 to 100 letters, digits, dots, dashes or underscores, was '" + version
                            + "'");
        }
        StringBuilder text = new StringBuilder();
        notes.forEach(
                note -> text.append("# ").append(note.replaceAll("\\R", " ")).append('\n'));
        text.append("version,").append(version).append("\nmodel,").append(modelHash);
        text.append("\nindex,label,assessed,reported,threshold,validated,indeterminateFrom,calibrationSlope,"
                + "calibrationIntercept,positives,negatives\n");
        labels.forEach(label -> text.append(row(label)).append('\n'));
        return text.toString();
    }

    private static String row(DerivedThreshold label) {
        Rule rule = label.rule();
        return String.join(
                ",",
                Integer.toString(rule.label().index()),
                rule.label().name(),
                yes(rule.assessed()),
                yes(rule.reported()),
                number(rule.threshold()),
                yes(rule.validated()),
                rule.indeterminateFrom() < rule.threshold() ? number(rule.indeterminateFrom()) : "",
                rule.calibration().map(c -> Double.toString(c.slope())).orElse(""),
                rule.calibration().map(c -> Double.toString(c.intercept())).orElse(""),
                Integer.toString(label.positives()),
                Integer.toString(label.negatives()));
    }

    private static String yes(boolean value) {
        return value ? "yes" : "no";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
