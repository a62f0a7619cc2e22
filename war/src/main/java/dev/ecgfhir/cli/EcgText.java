package dev.ecgfhir.cli;

import dev.ecgfhir.fhir.recording.Lead;
import dev.ecgfhir.fhir.recording.RecordedLead;
import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.fhir.report.Stretch;
import dev.ecgfhir.inference.Thresholds.Rule;
import dev.ecgfhir.pipeline.Finding;
import dev.ecgfhir.pipeline.Interpretation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One ECG as text for people. */
final class EcgText {
    private EcgText() {}

    /** Returns the lines of {@code inspect}. */
    static List<String> inspected(Ecg ecg) {
        List<String> lines = new ArrayList<>(head(ecg));
        ecg.recording().ifPresent(recording -> lines.addAll(leads(recording)));
        lines.addAll(flags(ecg));
        return lines;
    }

    /** Returns the lines of {@code interpret}. */
    static List<String> interpreted(Ecg ecg) {
        List<String> lines = new ArrayList<>(head(ecg));
        ecg.interpretation().ifPresent(interpretation -> lines.addAll(findings(interpretation)));
        lines.addAll(flags(ecg));
        return lines;
    }

    private static List<String> head(Ecg ecg) {
        StringBuilder head = new StringBuilder(ecg.input());
        ecg.resource().ifPresent(resource -> head.append("  ").append(resource));
        head.append("  ").append(ecg.result().name().toLowerCase(Locale.ROOT));
        ecg.reason().ifPresent(reason -> head.append("  ").append(reason));
        ecg.recording()
                .ifPresent(recording -> head.append(String.format(
                        Locale.ROOT,
                        "  %d %s, %.1f s",
                        recording.leads().size(),
                        recording.leads().size() == 1 ? "lead" : "leads",
                        recording.seconds())));
        head.append(
                ecg.recording().isEmpty()
                        ? ""
                        : ecg.model()
                                .map(model -> ", read by the " + model.display() + " model")
                                .orElse(", read by no model: neither all twelve leads nor lead I"));
        List<String> lines = new ArrayList<>(List.of(head.toString()));
        ecg.detail().ifPresent(detail -> lines.add("    " + detail));
        return lines;
    }

    /** Returns a line for each label that lead I, turned upside down, puts on the other side of its threshold. */
    static List<String> inverted(Interpretation interpretation, double[] scores) {
        List<String> lines = new ArrayList<>();
        double[] upright = interpretation.scores();
        for (Rule rule : interpretation.thresholds().rules()) {
            int label = rule.label().index();
            if (rule.reported() && (scores[label] >= rule.threshold()) != (upright[label] >= rule.threshold())) {
                lines.add(String.format(
                        Locale.ROOT,
                        "    inverted lead I: %s %.3f instead of %.3f",
                        rule.label().name(),
                        scores[label],
                        upright[label]));
            }
        }
        if (lines.isEmpty()) {
            lines.add("    inverted lead I: the same labels reach their thresholds");
        }
        return lines;
    }

    private static List<String> leads(Recording recording) {
        List<String> lines = new ArrayList<>();
        recording.leads().forEach((lead, recorded) -> lines.add(lead(lead, recorded)));
        return lines;
    }

    private static String lead(Lead lead, RecordedLead recorded) {
        double[] millivolts = recorded.waveform().millivolts();
        DoubleSummaryStatistics range =
                Arrays.stream(millivolts).filter(Double::isFinite).summaryStatistics();
        return String.format(
                Locale.ROOT,
                "    %-4s %6d samples at %6.1f Hz  %s%s%s",
                lead.display(),
                millivolts.length,
                recorded.waveform().frequency().hertz(),
                range.getCount() == 0
                        ? "nothing measured"
                        : String.format(Locale.ROOT, "%7.3f to %6.3f mV", range.getMin(), range.getMax()),
                range.getCount() == millivolts.length ? "" : "  " + (millivolts.length - range.getCount()) + " missing",
                recorded.derived() ? "  derived" : "");
    }

    private static List<String> findings(Interpretation interpretation) {
        List<String> lines = new ArrayList<>();
        if (interpretation.model().demonstration()) {
            lines.add("    DEMONSTRATION WEIGHTS: not ECGFounder, not validated, not for patients");
        }
        if (interpretation.findings().isEmpty()) {
            long assessed = interpretation.thresholds().rules().stream()
                    .filter(Rule::reported)
                    .count();
            lines.add("    no finding reached its threshold (" + assessed + " labels are assessed and reported)");
        }
        interpretation.findings().forEach(finding -> lines.add(finding(finding)));
        return lines;
    }

    private static String finding(Finding finding) {
        return String.format(
                Locale.ROOT,
                "    %-44s %.3f  %s%s%s",
                switch (finding.alert()) {
                            case CRITICAL -> "CRITICAL: ";
                            case URGENT -> "Urgent: ";
                            case ROUTINE -> "";
                        }
                        + finding.text(),
                finding.score(),
                finding.codings().stream()
                        .map(coding ->
                                (coding.system().equals("http://snomed.info/sct") ? "SNOMED CT" : coding.system()) + " "
                                        + coding.code() + " |" + coding.display() + "|")
                        .reduce((first, next) -> first + ", " + next)
                        .orElse(finding.asserted() ? "no code" : "not asserted: it contradicts another finding"),
                finding.thresholdValidated() ? "" : "  (threshold " + finding.threshold() + ", not validated)",
                finding.stretches().isEmpty() ? "" : "  at " + Stretch.text(finding.stretches()));
    }

    /** Flags of several leads in one line: {@code FLAT_LEAD: V5, V6}. */
    private static List<String> flags(Ecg ecg) {
        Map<String, List<String>> byCode = new LinkedHashMap<>();
        for (String flag : ecg.flags()) {
            String[] codeAndDetail = flag.split(":", 2);
            List<String> details = byCode.computeIfAbsent(codeAndDetail[0], code -> new ArrayList<>());
            if (codeAndDetail.length == 2) {
                details.add(codeAndDetail[1]);
            }
        }
        return byCode.entrySet().stream()
                .map(flag -> "    flag " + flag.getKey()
                        + (flag.getValue().isEmpty() ? "" : ": " + String.join(", ", flag.getValue())))
                .toList();
    }
}
