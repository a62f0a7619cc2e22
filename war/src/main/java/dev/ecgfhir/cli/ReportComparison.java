package dev.ecgfhir.cli;

import dev.ecgfhir.fhir.report.ReportContent;
import dev.ecgfhir.fhir.report.ReportFinding;
import dev.ecgfhir.fhir.report.ReportScore;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A report beside what the same ECG gives today.
 *
 * @param largest largest difference of a score
 * @param differences what differs, one each; empty if the report is confirmed
 */
record ReportComparison(double largest, List<Difference> differences) {
    ReportComparison {
        differences = List.copyOf(differences);
    }

    /**
     * One difference.
     *
     * @param what {@code thresholds}, {@code terminology}, {@code settings}, {@code score} or {@code finding}
     * @param label the label, empty where it is about the whole
     * @param there as the report has it
     * @param now as it is now
     */
    record Difference(String what, String label, String there, String now) {}

    /** Compares. */
    static ReportComparison of(ReportFacts report, ReportContent now, double tolerance) {
        List<Difference> differences = new ArrayList<>();
        settings(report, now, differences);
        double largest = 0;
        for (ReportScore score : now.scores()) {
            OptionalDouble there = report.scores().getOrDefault(score.label(), OptionalDouble.empty());
            if (there.isPresent() != score.assessed()) {
                differences.add(new Difference(
                        "score",
                        score.label(),
                        there.isPresent() ? String.valueOf(there.getAsDouble()) : "not assessed",
                        score.assessed() ? String.valueOf(score.score()) : "not assessed"));
            } else if (there.isPresent()) {
                double distance = Math.abs(there.getAsDouble() - score.score());
                largest = Math.max(largest, distance);
                if (!(distance <= tolerance)) {
                    differences.add(new Difference(
                            "score",
                            score.label(),
                            String.valueOf(there.getAsDouble()),
                            String.valueOf(score.score())));
                }
            }
        }
        findings(report, now, differences);
        return new ReportComparison(largest, differences);
    }

    private static void settings(ReportFacts report, ReportContent now, List<Difference> differences) {
        if (report.settingsHash().equals(now.settingsHash())) {
            return;
        }
        int before = differences.size();
        if (!report.thresholds().equals(now.thresholdsVersion())) {
            differences.add(new Difference("thresholds", "", report.thresholds(), now.thresholdsVersion()));
        }
        if (!report.terminology().equals(now.terminologyVersion())) {
            differences.add(new Difference("terminology", "", report.terminology(), now.terminologyVersion()));
        }
        if (differences.size() == before) { // preprocessing, or rules of contradiction and combination
            differences.add(new Difference("settings", "", report.settingsHash(), now.settingsHash()));
        }
    }

    private static void findings(ReportFacts report, ReportContent now, List<Difference> differences) {
        Set<String> labels = now.findings().stream().map(ReportFinding::label).collect(Collectors.toSet());
        Set<String> all = new TreeSet<>(labels);
        all.addAll(report.findings());
        for (String label : all) {
            if (labels.contains(label) != report.findings().contains(label)) {
                differences.add(new Difference(
                        "finding",
                        label,
                        report.findings().contains(label) ? "positive" : "not positive",
                        labels.contains(label) ? "positive" : "not positive"));
            }
        }
    }
}
