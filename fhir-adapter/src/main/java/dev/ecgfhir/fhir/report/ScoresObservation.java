package dev.ecgfhir.fhir.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Observation;

/** All scores as one Observation, one component a label. */
final class ScoresObservation {
    private ScoresObservation() {}

    /** Writes the scores. How the four {@link Decision decisions} differ is told in docs/reports.md. */
    static Observation of(ResultFrame frame) {
        ReportContent content = frame.content();
        Observation observation = frame.observation(frame.identity().scoresId());
        observation.addIdentifier(frame.identity().identifier());
        observation.setCode(ReportTerms.term(ReportTerms.SCORES));
        Map<Integer, ReportFinding> findings =
                content.findings().stream().collect(Collectors.toMap(ReportFinding::labelIndex, Function.identity()));
        List<List<String>> rows = new ArrayList<>();
        for (ReportScore score : content.scores()) {
            Optional<ReportFinding> finding = Optional.ofNullable(findings.get(score.labelIndex()));
            Decision decision = Decision.of(score, finding);
            observation.addComponent(component(score, decision, finding));
            rows.add(row(score, decision));
        }
        if (content.demonstration()) {
            observation.addNote().setText(AlgorithmDevice.DEMONSTRATION_NOTE);
        }
        observation.setText(narrative(content, rows));
        return observation;
    }

    private static Observation.ObservationComponentComponent component(
            ReportScore score, Decision decision, Optional<ReportFinding> finding) {
        Observation.ObservationComponentComponent component = new Observation.ObservationComponentComponent();
        component.setCode(new CodeableConcept()
                .addCoding(ReportTerms.label(score.label()))
                .setText(score.label()));
        if (decision == Decision.NOT_ASSESSED) {
            return component.setDataAbsentReason(new CodeableConcept()
                    .addCoding(new Coding(
                            "http://terminology.hl7.org/CodeSystem/data-absent-reason",
                            "not-performed",
                            "Not Performed"))
                    .setText("Not assessed: the network was not trained for this label"));
        }
        component.setValue(ResultFrame.ratio(score.score()));
        component.addReferenceRange(ResultFrame.positiveFrom(score.threshold()));
        return component.addInterpretation(interpretation(score, decision, finding));
    }

    private static CodeableConcept interpretation(
            ReportScore score, Decision decision, Optional<ReportFinding> finding) {
        return switch (decision) {
            case POSITIVE ->
                ReportTerms.interpretation(
                        "POS",
                        "Positive",
                        "Reached its threshold"
                                + finding.map(ReportFinding::seconds)
                                        .filter(seconds -> !seconds.isEmpty())
                                        .map(seconds -> " in the windows that begin at " + Numbers.seconds(seconds))
                                        .orElse(""));
            case NEGATIVE -> ReportTerms.interpretation("NEG", "Negative", "Below its threshold; not excluded by this");
            case INDETERMINATE -> ReportTerms.interpretation("IND", "Indeterminate", undecided(score));
            case NOT_ASSESSED ->
                throw new IllegalStateException(
                        "a label that was not assessed has no interpretation: " + score.label());
        };
    }

    private static String undecided(ReportScore score) {
        if (!score.reported()) {
            return "Scored only: this model does not report this label";
        }
        return score.score() < score.threshold()
                ? "In the grey zone below its threshold, which begins at " + Numbers.brief(score.indeterminateFrom())
                : "Reached its threshold, but is not reported as a finding by itself";
    }

    private static List<String> row(ReportScore score, Decision decision) {
        return decision == Decision.NOT_ASSESSED
                ? List.of(score.label(), "", "", decision.text())
                : List.of(
                        score.label(),
                        Numbers.exact(score.score()).toPlainString(),
                        Numbers.exact(score.threshold()).toPlainString(),
                        decision.text());
    }

    private static Narrative narrative(ReportContent content, List<List<String>> rows) {
        Xhtml text = new Xhtml();
        if (content.demonstration()) {
            text.strong(AlgorithmDevice.DEMONSTRATION_NOTE);
        }
        return text.table(List.of("Label", "Score", "Threshold", "Decision"), rows)
                .toNarrative();
    }
}
