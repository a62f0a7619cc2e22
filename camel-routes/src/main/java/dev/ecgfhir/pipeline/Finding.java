package dev.ecgfhir.pipeline;

import dev.ecgfhir.fhir.report.Stretch;
import dev.ecgfhir.inference.Label;
import dev.ecgfhir.terminology.AlertLevel;
import dev.ecgfhir.terminology.Coding;
import dev.ecgfhir.terminology.Combined;
import dev.ecgfhir.terminology.Equivalence;
import dev.ecgfhir.terminology.LabelGroup;
import dev.ecgfhir.terminology.Mapping;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * A label whose score reached its threshold, with what it means.
 *
 * @param label the label
 * @param score the recording's score, 0..1: the mean over its windows, or the highest window where only single windows are positive
 * @param probability the calibrated probability that belongs to the score, 0..1; empty where the label is not calibrated
 * @param threshold score from which it is reported
 * @param thresholdValidated false if nobody validated the threshold
 * @param mapping its meaning
 * @param alert how soon a person should see it: its own level, or that of a finding which it is combined with, if that is more serious
 * @param asserted false if a contradicting finding makes it give way: it is told and not coded
 * @param combined concepts that say this label together with another positive one
 * @param seconds starts of the positive windows, seconds; empty for a recording of one window
 */
public record Finding(
        Label label,
        double score,
        OptionalDouble probability,
        double threshold,
        boolean thresholdValidated,
        Mapping mapping,
        AlertLevel alert,
        boolean asserted,
        List<Combined> combined,
        List<Double> seconds) {
    /** Critical findings first; then by kind, rhythm first; then the more serious, then the higher score first. */
    static final Comparator<Finding> READING_ORDER = Comparator.comparing(
                    (Finding finding) -> finding.alert() != AlertLevel.CRITICAL)
            .thenComparing(finding -> finding.mapping().group())
            .thenComparing(Finding::alert)
            .thenComparing(Comparator.comparingDouble(Finding::score).reversed())
            .thenComparing(finding -> finding.label().index());

    /** Copies the lists. */
    public Finding {
        combined = List.copyOf(combined);
        seconds = List.copyOf(seconds);
    }

    /** Returns the wording for a reader: that of the combined concept, where there is one. */
    public String text() {
        return combined.isEmpty() ? mapping.text() : combined.get(0).text();
    }

    /** Returns how the first coding relates to the label, or to the combination. */
    public Equivalence equivalence() {
        return combined.isEmpty() ? mapping.equivalence() : combined.get(0).equivalence();
    }

    /**
     * Returns the concepts that this finding asserts, the most telling first.
     *
     * @return empty if no concept is true wherever the label is, the label only modifies another statement, or a contradicting finding
     *     makes it give way; the finding is then told as text only
     */
    public List<Coding> codings() {
        boolean standsAlone = mapping.group() != LabelGroup.MODIFIER && mapping.group() != LabelGroup.COMPARISON;
        return asserted && standsAlone
                ? Stream.concat(combined.stream().map(Combined::coding), mapping.assertable().stream())
                        .distinct()
                        .toList()
                : List.of();
    }

    /** Returns where in the recording the finding was positive: neighbouring windows joined, in order of time; empty for one window. */
    public List<Stretch> stretches() {
        return Stretches.of(seconds);
    }

    /** Returns this finding, no longer asserted. */
    Finding notAsserted() {
        return new Finding(
                label, score, probability, threshold, thresholdValidated, mapping, alert, false, List.of(), seconds);
    }

    /** Returns this finding with a concept that says it together with another one of some alert level. */
    Finding with(Combined combination, AlertLevel other) {
        return new Finding(
                label,
                score,
                probability,
                threshold,
                thresholdValidated,
                mapping,
                other.compareTo(alert) < 0 ? other : alert,
                asserted,
                Stream.concat(combined.stream(), Stream.of(combination)).toList(),
                seconds);
    }
}
