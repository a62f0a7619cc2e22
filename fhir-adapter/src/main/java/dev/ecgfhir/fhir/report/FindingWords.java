package dev.ecgfhir.fhir.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Findings in words, in one language. */
final class FindingWords {
    private static final String CRITICAL = "critical";
    private static final String URGENT = "urgent";

    private final ReportTexts texts;

    FindingWords(ReportTexts texts) {
        this.texts = texts;
    }

    /** Returns a finding's name. */
    String name(ReportFinding finding) {
        String given = finding.names().get(texts.language());
        return given != null ? given : texts.language().nameOf(finding.text()).orElse(finding.text());
    }

    /** Returns a finding's name, after what a reader must see before it. */
    String alerting(ReportFinding finding) {
        return switch (finding.alert()) {
            case CRITICAL -> texts.text("alert.critical", name(finding));
            case URGENT -> texts.text("alert.urgent", name(finding));
            default -> name(finding);
        };
    }

    /** Returns the names of the findings of which a person must be told at once. */
    static List<ReportFinding> critical(List<ReportFinding> findings) {
        return findings.stream()
                .filter(finding -> finding.alert().equals(CRITICAL))
                .toList();
    }

    /** Returns a finding with its word of certainty and what makes it a finding. */
    String line(ReportFinding finding) {
        List<String> why = new ArrayList<>();
        why.add(texts.text("finding.score", brief(finding.score()), brief(finding.threshold())));
        if (!finding.thresholdValidated()) {
            why.add(texts.text("finding.not-validated"));
        }
        finding.probability().ifPresent(probability -> why.add(texts.text("finding.probability", brief(probability))));
        if (!finding.stretches().isEmpty()) {
            why.add(texts.text("finding.windows", seconds(finding)));
        }
        return texts.text("finding", alerting(finding), Certainty.of(finding).word(texts), String.join(", ", why));
    }

    /** Returns a finding as a row: name, certainty, score, threshold, code. */
    List<String> row(ReportFinding finding) {
        String name = finding.stretches().isEmpty()
                ? alerting(finding)
                : alerting(finding) + ", " + texts.text("finding.windows", seconds(finding));
        StringBuilder score = new StringBuilder(brief(finding.score()));
        finding.probability()
                .ifPresent(probability -> score.append(" (")
                        .append(texts.text("finding.probability", brief(probability)))
                        .append(')'));
        return List.of(
                name,
                Certainty.of(finding).word(texts),
                score.toString(),
                brief(finding.threshold())
                        + (finding.thresholdValidated() ? "" : " (" + texts.text("finding.not-validated") + ")"),
                finding.codings().isEmpty()
                        ? texts.text("finding.not-coded")
                        : finding.codings().stream().map(ReportCoding::code).collect(Collectors.joining(", ")));
    }

    /** Returns the windows of a finding. */
    String seconds(ReportFinding finding) {
        return Stretch.text(finding.stretches());
    }

    private String brief(double value) {
        return texts.decimal(Numbers.brief(value));
    }
}
