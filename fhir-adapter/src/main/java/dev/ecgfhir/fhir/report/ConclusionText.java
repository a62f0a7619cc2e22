package dev.ecgfhir.fhir.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words of a report. What a reader must know first stands first; nothing sounds more certain than it is. */
final class ConclusionText {
    private static final String NOT_CONFIRMED =
            "Suggested by an algorithm, not confirmed by a person. Not a diagnosis.";
    private static final String DEMONSTRATION =
            "DEMONSTRATION ONLY: made with demonstration weights, which are not ECGFounder and not validated. Not for clinical use.";
    private static final String NO_FINDING =
            "No label that this model reports reached its threshold. This does not mean that the ECG is normal.";

    private final ReportContent content;
    private final boolean hasSubject;
    private final boolean hasTime;

    ConclusionText(ReportContent content, boolean hasSubject, boolean hasTime) {
        this.content = content;
        this.hasSubject = hasSubject;
        this.hasTime = hasTime;
    }

    /** Returns the whole text, one statement a line. */
    String text() {
        List<String> lines = new ArrayList<>(before());
        findings().forEach(finding -> lines.add("- " + finding));
        lines.addAll(after());
        return String.join("\n", lines);
    }

    /** Returns what stands before the findings. */
    List<String> before() {
        List<String> lines = new ArrayList<>();
        if (content.demonstration()) {
            lines.add(DEMONSTRATION);
        }
        lines.add(NOT_CONFIRMED);
        lines.add(content.findings().isEmpty() ? NO_FINDING : "Suggested findings:");
        return lines;
    }

    /** Returns the findings, in the content's order: rhythm first, most serious first. */
    List<String> findings() {
        return content.findings().stream().map(ConclusionText::finding).toList();
    }

    /** Returns what stands after the findings. */
    List<String> after() {
        List<String> lines = new ArrayList<>();
        long notValidated = content.findings().stream()
                .filter(finding -> !finding.thresholdValidated())
                .count();
        if (notValidated > 0) {
            lines.add("Thresholds: not validated for "
                    + of(notValidated, content.findings().size()) + " of these findings (table "
                    + content.thresholdsVersion() + ").");
        }
        boolean calibrated = content.findings().stream()
                .anyMatch(finding -> finding.probability().isPresent());
        lines.add(
                calibrated
                        ? "Scores are outputs of the network; only what is called a calibrated probability is one."
                        : "Scores are outputs of the network, not probabilities.");
        long indeterminate = content.scores().stream()
                .filter(ReportScore::assessed)
                .filter(ReportScore::reported)
                .filter(score -> score.score() >= score.indeterminateFrom() && score.score() < score.threshold())
                .filter(score ->
                        content.findings().stream().noneMatch(finding -> finding.labelIndex() == score.labelIndex()))
                .count();
        if (indeterminate > 0) {
            lines.add("Indeterminate: " + indeterminate
                    + (indeterminate == 1 ? " label lies" : " labels lie")
                    + " in the grey zone below the threshold; neither present nor absent.");
        }
        long notAssessed =
                content.scores().stream().filter(score -> !score.assessed()).count();
        if (notAssessed > 0) {
            lines.add("Not assessed: " + notAssessed + " of " + content.scores().size()
                    + " labels, for which the network was not trained; nothing is said about them.");
        }
        lines.add("What is not listed is not excluded."
                + (content.withoutLabel().isEmpty()
                        ? ""
                        : " The network has no label for, and cannot report: "
                                + String.join("; ", content.withoutLabel()) + "."));
        lines.add("Recording: "
                + Numbers.exact(round(content.recording().seconds())).toPlainString() + " s, read by "
                + content.modelName() + " (" + content.leads() + (content.leads() == 1 ? " lead" : " leads") + ")."
                + (content.flags().isEmpty() ? "" : " Note: " + String.join("; ", notes()) + "."));
        if (!hasSubject) {
            lines.add("The recording names no patient who can be referred to.");
        }
        if (!hasTime) {
            lines.add("The time of the recording is not known.");
        }
        return lines;
    }

    private List<String> notes() {
        return content.flags().stream().map(ConclusionText::note).toList();
    }

    /** Returns one finding with what makes it one. */
    static String finding(ReportFinding finding) {
        StringBuilder text = new StringBuilder(alert(finding))
                .append(finding.text())
                .append(" (score ")
                .append(Numbers.brief(finding.score()))
                .append(", threshold ")
                .append(Numbers.brief(finding.threshold()))
                .append(finding.thresholdValidated() ? "" : ", not validated");
        finding.probability()
                .ifPresent(
                        probability -> text.append(", calibrated probability ").append(Numbers.brief(probability)));
        text.append(')');
        if (!finding.seconds().isEmpty()) {
            text.append(", in the windows that begin at ").append(Numbers.seconds(finding.seconds()));
        }
        return text.toString();
    }

    /** Returns what a reader must see before the finding's name. */
    private static String alert(ReportFinding finding) {
        return switch (finding.alert()) {
            case "critical" -> "CRITICAL: ";
            case "urgent" -> "Urgent: ";
            default -> "";
        };
    }

    /** Makes a flag readable: {@code FLAT_LEAD:V6} becomes {@code flat lead: V6}. */
    static String note(String flag) {
        int colon = flag.indexOf(':');
        String code = colon < 0 ? flag : flag.substring(0, colon);
        String words = code.replace('_', ' ').toLowerCase(Locale.ROOT);
        return colon < 0 ? words : words + ": " + flag.substring(colon + 1).strip();
    }

    private static String of(long part, long whole) {
        return part == whole ? "any" : part + " of " + whole;
    }

    private static double round(double seconds) {
        return Math.round(seconds * 100) / 100.0;
    }
}
