package dev.ecgfhir.fhir.report;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One positive finding.
 *
 * @param labelIndex the network's output
 * @param label its name
 * @param text wording for a reader, for example {@code Atrial fibrillation}
 * @param score 0..1
 * @param probability the calibrated probability, 0..1; empty where nobody calibrated the label, and then nothing is called so
 * @param threshold score from which it is reported
 * @param thresholdValidated false if nobody validated the threshold; the report then says so
 * @param alert how soon a person should see it: {@code critical}, {@code urgent} or {@code routine}
 * @param equivalence R4 ConceptMap equivalence of the first coding, {@code unmatched} where there is none
 * @param codings the concepts that it asserts, the most telling first; empty if it may not stand alone as a conclusion
 * @param stretches where in the recording it was positive, in order of time; empty for a recording of one window
 * @param names what it is called instead of {@code text} or its translation, by language; languages that are absent keep theirs
 */
public record ReportFinding(
        int labelIndex,
        String label,
        String text,
        double score,
        OptionalDouble probability,
        double threshold,
        boolean thresholdValidated,
        String alert,
        String equivalence,
        List<ReportCoding> codings,
        List<Stretch> stretches,
        Map<ReportLanguage, String> names) {
    /** Copies the lists and names. */
    public ReportFinding {
        codings = List.copyOf(codings);
        stretches = List.copyOf(stretches);
        names = Map.copyOf(names);
    }
}
