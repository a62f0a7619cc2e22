package dev.ecgfhir.fhir.report;

/**
 * One of the network's scores, reported or not.
 *
 * @param labelIndex the network's output
 * @param label its name
 * @param score 0..1; without meaning if not assessed
 * @param threshold score from which it would be positive
 * @param assessed false if the output was not trained: it is written without a value, never as absent
 * @param reported false if the label is scored only and never becomes a finding
 */
public record ReportScore(
        int labelIndex, String label, double score, double threshold, boolean assessed, boolean reported) {}
