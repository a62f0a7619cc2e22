package dev.ecgfhir.pipeline;

import dev.ecgfhir.inference.Thresholds;
import dev.ecgfhir.inference.Thresholds.Rule;
import dev.ecgfhir.terminology.LabelGroup;
import dev.ecgfhir.terminology.LabelMap;
import dev.ecgfhir.terminology.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Turns scores into findings.
 *
 * <p>A label is a finding where the recording's mean score reaches its threshold, or any window's score does in a recording of several
 * windows. Labels that are not reported, and those that compare with an earlier recording, never become one. Immutable and safe to
 * share between threads.
 */
final class Decision {
    private final Thresholds thresholds;
    private final List<Mapping> mappings;

    /**
     * Makes the decision of one model.
     *
     * @param thresholds its table
     * @param labels meaning of its labels
     * @throws IllegalArgumentException if a label that is reported has no meaning; the message names it
     */
    Decision(Thresholds thresholds, LabelMap labels) {
        this.thresholds = thresholds;
        List<Mapping> found = new ArrayList<>();
        for (Rule rule : thresholds.rules()) {
            if (rule.reported()) {
                found.add(labels.find(rule.label().name())
                        .orElseThrow(() -> new IllegalArgumentException("thresholds '" + thresholds.version()
                                + "' report label '" + rule.label().name() + "', which ConceptMap version "
                                + labels.version() + " does not have")));
            }
        }
        this.mappings = List.copyOf(found);
    }

    /**
     * Decides.
     *
     * @param windows scores of a recording
     * @return findings: in reading order: critical ones first, then by group in the order of {@link LabelGroup}
     */
    List<Finding> findings(WindowScores windows) {
        double[] mean = windows.mean();
        List<Finding> findings = new ArrayList<>();
        int next = 0;
        for (Rule rule : thresholds.rules()) {
            if (!rule.reported()) {
                continue;
            }
            Mapping mapping = mappings.get(next++);
            int label = rule.label().index();
            boolean throughout = mean[label] >= rule.threshold();
            boolean somewhere = throughout || windows.highest(label) >= rule.threshold();
            if (somewhere && mapping.group() != LabelGroup.COMPARISON) {
                double score = throughout ? mean[label] : windows.highest(label);
                findings.add(new Finding(
                        rule.label(),
                        score,
                        probability(rule, score),
                        rule.threshold(),
                        rule.validated(),
                        mapping,
                        mapping.alert(),
                        true,
                        List.of(),
                        windows.isSingle() ? List.of() : windows.secondsFrom(label, rule.threshold())));
            }
        }
        findings.sort(Finding.READING_ORDER);
        return findings;
    }

    /** Returns the calibrated probability of a score; empty where the label is not calibrated. */
    static OptionalDouble probability(Rule rule, double score) {
        return rule.calibration()
                .map(calibration -> OptionalDouble.of(calibration.probability(score)))
                .orElse(OptionalDouble.empty());
    }
}
