package dev.ecgfhir.pipeline;

import dev.ecgfhir.inference.Label;
import dev.ecgfhir.terminology.Mapping;
import java.util.List;

/**
 * A label whose score reached its threshold, with what it means.
 *
 * @param label the label
 * @param score the recording's score, 0..1: the mean over its windows, or the highest window where only single windows are positive
 * @param threshold score from which it is reported
 * @param thresholdValidated false if nobody validated the threshold
 * @param mapping its meaning
 * @param seconds starts of the positive windows, seconds; empty for a recording of one window
 */
public record Finding(
        Label label,
        double score,
        double threshold,
        boolean thresholdValidated,
        Mapping mapping,
        List<Double> seconds) {
    /** Copies the list. */
    public Finding {
        seconds = List.copyOf(seconds);
    }
}
