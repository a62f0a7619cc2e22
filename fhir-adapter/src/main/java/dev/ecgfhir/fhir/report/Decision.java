package dev.ecgfhir.fhir.report;

import java.util.Optional;

/** What became of one label. The four are told apart by four encodings; none but {@link #NEGATIVE} ever reads as "no". */
enum Decision {
    /** Reported as a finding. */
    POSITIVE("positive"),
    /** Below its threshold. */
    NEGATIVE("below its threshold"),
    /** Scored, but not decided: in the grey zone, not reported by this model, or its finding was set aside. */
    INDETERMINATE("indeterminate"),
    /** The network was not trained for it. */
    NOT_ASSESSED("not assessed");

    private final String text;

    Decision(String text) {
        this.text = text;
    }

    /** Decides for one label. */
    static Decision of(ReportScore score, Optional<ReportFinding> finding) {
        if (finding.isPresent()) {
            return POSITIVE;
        }
        if (!score.assessed()) {
            return NOT_ASSESSED;
        }
        return score.reported() && score.score() < score.indeterminateFrom() ? NEGATIVE : INDETERMINATE;
    }

    /** Returns the wording for readers. */
    String text() {
        return text;
    }
}
