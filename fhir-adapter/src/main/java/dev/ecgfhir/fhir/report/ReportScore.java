package dev.ecgfhir.fhir.report;

import java.util.OptionalDouble;

/**
 * One of the network's scores, reported or not.
 *
 * @param labelIndex the network's output
 * @param label its name
 * @param score 0..1; without meaning if not assessed
 * @param probability the calibrated probability, 0..1; empty where nobody calibrated the label
 * @param threshold score from which it would be positive
 * @param indeterminateFrom score from which it is indeterminate and no longer negative; the threshold where there is no grey zone
 * @param assessed false if the output was not trained: it is written without a value, never as absent
 * @param reported false if the label is scored only and never becomes a finding
 */
public record ReportScore(
        int labelIndex,
        String label,
        double score,
        OptionalDouble probability,
        double threshold,
        double indeterminateFrom,
        boolean assessed,
        boolean reported) {}
