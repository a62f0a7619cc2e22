package dev.ecgfhir.fhir.report;

import java.util.List;
import java.util.Optional;

/**
 * One positive finding.
 *
 * @param labelIndex the network's output
 * @param label its name
 * @param text wording for a reader, for example {@code Atrial fibrillation}
 * @param score 0..1
 * @param threshold score from which it is reported
 * @param thresholdValidated false if nobody validated the threshold; the report then says so
 * @param equivalence R4 ConceptMap equivalence of the coding, {@code unmatched} where there is none
 * @param coding the SNOMED CT coding; only what may stand alone as a conclusion has one
 * @param seconds starts of the windows in which it was positive, seconds from the recording's start; empty for a recording of one window
 */
public record ReportFinding(
        int labelIndex,
        String label,
        String text,
        double score,
        double threshold,
        boolean thresholdValidated,
        String equivalence,
        Optional<ReportCoding> coding,
        List<Double> seconds) {
    /** Copies the list. */
    public ReportFinding {
        seconds = List.copyOf(seconds);
    }
}
