package dev.ecgfhir.pipeline;

import dev.ecgfhir.inference.Label;
import dev.ecgfhir.terminology.Coding;
import dev.ecgfhir.terminology.LabelGroup;
import dev.ecgfhir.terminology.Mapping;
import java.util.List;
import java.util.Optional;

/**
 * A label whose score reached its threshold, with what it means.
 *
 * @param label the label
 * @param score the recording's score, 0..1: the mean over its windows, or the highest window where only single windows are positive
 * @param threshold score from which it is reported
 * @param thresholdValidated false if nobody validated the threshold
 * @param mapping its meaning
 * @param asserted false if a contradicting finding makes it give way: it is told and not coded
 * @param seconds starts of the positive windows, seconds; empty for a recording of one window
 */
public record Finding(
        Label label,
        double score,
        double threshold,
        boolean thresholdValidated,
        Mapping mapping,
        boolean asserted,
        List<Double> seconds) {
    /** Copies the list. */
    public Finding {
        seconds = List.copyOf(seconds);
    }

    /**
     * Returns the concept that this finding asserts.
     *
     * @return empty if no concept is true wherever the label is, the label only modifies another statement, or a contradicting finding
     *     makes it give way; the finding is then told as text only
     */
    public Optional<Coding> coding() {
        boolean standsAlone = mapping.group() != LabelGroup.MODIFIER && mapping.group() != LabelGroup.COMPARISON;
        return asserted && standsAlone ? mapping.assertable() : Optional.empty();
    }

    /** Returns this finding, no longer asserted. */
    Finding notAsserted() {
        return new Finding(label, score, threshold, thresholdValidated, mapping, false, seconds);
    }
}
