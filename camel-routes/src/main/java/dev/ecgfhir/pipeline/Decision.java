package dev.ecgfhir.pipeline;

import dev.ecgfhir.inference.Thresholds;
import dev.ecgfhir.inference.Thresholds.Rule;
import dev.ecgfhir.terminology.LabelGroup;
import dev.ecgfhir.terminology.LabelMap;
import dev.ecgfhir.terminology.Mapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Turns scores into findings.
 *
 * <p>A label is a finding where the recording's mean score reaches its threshold, or any window's score does in a recording of several
 * windows. Labels that are not reported, and those that compare with an earlier recording, never become one. Immutable and safe to
 * share between threads.
 */
final class Decision {
    private static final Comparator<Finding> READING_ORDER = Comparator.comparing(
                    (Finding finding) -> finding.mapping().group())
            .thenComparing(Comparator.comparingDouble(Finding::score).reversed())
            .thenComparing(finding -> finding.label().index());

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
     * @return findings: by group in the order of {@link LabelGroup}, then the highest score first
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
                findings.add(new Finding(
                        rule.label(),
                        throughout ? mean[label] : windows.highest(label),
                        rule.threshold(),
                        rule.validated(),
                        mapping,
                        true,
                        windows.isSingle() ? List.of() : windows.secondsFrom(label, rule.threshold())));
            }
        }
        findings.sort(READING_ORDER);
        return findings;
    }
}
