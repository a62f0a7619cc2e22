package dev.ecgfhir.pipeline;

import dev.ecgfhir.fhir.report.ReportCoding;
import dev.ecgfhir.fhir.report.ReportContent;
import dev.ecgfhir.fhir.report.ReportFinding;
import dev.ecgfhir.fhir.report.ReportScore;
import dev.ecgfhir.inference.ModelDescription;
import dev.ecgfhir.inference.Thresholds;
import dev.ecgfhir.terminology.LabelMap;
import dev.ecgfhir.terminology.Terminology;
import java.time.Instant;
import java.util.List;

/** Translates an interpretation into what a report says. */
public final class ReportContents {
    private ReportContents() {}

    /**
     * Translates.
     *
     * @param interpretation what the network made of the recording
     * @param labels the terminology that was used
     * @param softwareVersion this product's version
     * @param issued when the interpretation was made
     * @return the report's content
     */
    public static ReportContent of(
            Interpretation interpretation, LabelMap labels, String softwareVersion, Instant issued) {
        ModelDescription model = interpretation.model();
        Thresholds thresholds = interpretation.thresholds();
        return new ReportContent(
                interpretation.recording(),
                model.leads(),
                modelName(model),
                model.hash(),
                model.demonstration(),
                interpretation.engine(),
                model.precision().text(),
                softwareVersion,
                thresholds.version(),
                labels.version(),
                interpretation.preprocessing(),
                SettingsHash.of(
                        interpretation.preprocessing(),
                        thresholds.version(),
                        labels.version(),
                        interpretation.rulesVersion(),
                        model.precision()),
                interpretation.findings().stream()
                        .map(finding -> finding(finding, labels))
                        .toList(),
                scores(interpretation),
                Terminology.withoutLabel(),
                interpretation.flags(),
                issued);
    }

    /**
     * Returns what readers call a model. Checkpoints carry no name, and weights of the same shape may come from anywhere: so only the
     * architecture is claimed, and the hash tells the weights.
     *
     * @param model the model
     * @return for example {@code ECGFounder-architecture network, 12-lead}
     */
    public static String modelName(ModelDescription model) {
        return model.demonstration()
                ? "Demonstration network, " + model.leads() + "-lead (not ECGFounder)"
                : "ECGFounder-architecture network, " + model.leads() + "-lead";
    }

    private static ReportFinding finding(Finding finding, LabelMap labels) {
        return new ReportFinding(
                finding.label().index(),
                finding.label().name(),
                finding.text(),
                finding.score(),
                finding.probability(),
                finding.threshold(),
                finding.thresholdValidated(),
                finding.alert().code(),
                finding.equivalence().code(),
                finding.codings().stream()
                        .map(coding -> new ReportCoding(coding.system(), coding.code(), coding.display()))
                        .toList(),
                finding.stretches(),
                SiteNames.of(finding, labels));
    }

    private static List<ReportScore> scores(Interpretation interpretation) {
        double[] scores = interpretation.scores();
        return interpretation.thresholds().rules().stream()
                .map(rule -> new ReportScore(
                        rule.label().index(),
                        rule.label().name(),
                        scores[rule.label().index()],
                        Decision.probability(rule, scores[rule.label().index()]),
                        rule.threshold(),
                        rule.indeterminateFrom(),
                        rule.assessed(),
                        rule.reported()))
                .toList();
    }
}
