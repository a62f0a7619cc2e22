package dev.ecgfhir.fhir.report;

import java.util.Optional;

/** What became of one label. The four are told apart by four encodings; none but {@link #NEGATIVE} ever reads as "no". */
enum Decision {
    /** Reported as a finding. */
    POSITIVE("decision.positive"),
    /** Below its threshold. */
    NEGATIVE("decision.negative"),
    /** Scored, but not decided: in the grey zone, not reported by this model, or its finding was set aside. */
    INDETERMINATE("decision.indeterminate"),
    /** The network was not trained for it. */
    NOT_ASSESSED("decision.not-assessed");

    private final String key;

    Decision(String key) {
        this.key = key;
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

    /** Returns the key of the wording for readers. */
    String key() {
        return key;
    }
}
