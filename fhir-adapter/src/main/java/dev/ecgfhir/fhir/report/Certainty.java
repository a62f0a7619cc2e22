package dev.ecgfhir.fhir.report;

/**
 * The word that grades a finding. It grades the score between its threshold and 1, in thirds; a score is no probability, and the report says
 * so. Where nobody validated the threshold, the strongest word is not used.
 */
enum Certainty {
    /** Lowest third. */
    POSSIBLE("certainty.possible"),
    /** Middle third; with a threshold that is not validated, everything above the lowest. */
    PROBABLE("certainty.probable"),
    /** Highest third, of a validated threshold. */
    HIGHLY_PROBABLE("certainty.highly-probable");

    private static final double AS_LIKELY_AS_NOT = 0.5;

    private final String key;

    Certainty(String key) {
        this.key = key;
    }

    /** Grades a finding; one whose calibrated probability is known and below {@value #AS_LIKELY_AS_NOT} is possible and no more. */
    static Certainty of(ReportFinding finding) {
        if (finding.probability().isPresent() && finding.probability().getAsDouble() < AS_LIKELY_AS_NOT) {
            return POSSIBLE;
        }
        double range = 1 - finding.threshold();
        double part = range <= 0 ? 0 : (finding.score() - finding.threshold()) / range;
        if (part < 1.0 / 3) {
            return POSSIBLE;
        }
        return part < 2.0 / 3 || !finding.thresholdValidated() ? PROBABLE : HIGHLY_PROBABLE;
    }

    /** Returns the word. */
    String word(ReportTexts texts) {
        return texts.text(key);
    }
}
