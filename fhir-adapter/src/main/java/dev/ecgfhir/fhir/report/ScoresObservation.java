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
            observation.addComponent(component(frame.texts(), score, decision, finding));
            rows.add(row(frame.texts(), score, decision));
        }
        if (content.demonstration()) {
            observation.addNote().setText(frame.texts().text("result.demonstration"));
        }
        observation.setText(narrative(frame, rows));
        return observation;
    }

    private static Observation.ObservationComponentComponent component(
            ReportTexts texts, ReportScore score, Decision decision, Optional<ReportFinding> finding) {
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
                    .setText(texts.text("scores.not-assessed")));
        }
        component.setValue(ResultFrame.ratio(score.score()));
        component.addReferenceRange(ResultFrame.positiveFrom(score.threshold()));
        return component.addInterpretation(interpretation(texts, score, decision, finding));
    }

    private static CodeableConcept interpretation(
            ReportTexts texts, ReportScore score, Decision decision, Optional<ReportFinding> finding) {
        return switch (decision) {
            case POSITIVE ->
                ReportTerms.interpretation(
                        "POS",
                        "Positive",
                        texts.text("scores.reached")
                                + finding.map(ReportFinding::stretches)
                                        .filter(stretches -> !stretches.isEmpty())
                                        .map(stretches -> ", " + texts.text("finding.windows", Stretch.text(stretches)))
                                        .orElse(""));
            case NEGATIVE -> ReportTerms.interpretation("NEG", "Negative", texts.text("scores.below"));
            case INDETERMINATE -> ReportTerms.interpretation("IND", "Indeterminate", undecided(texts, score));
            case NOT_ASSESSED ->
                throw new IllegalStateException(
                        "a label that was not assessed has no interpretation: " + score.label());
        };
    }

    private static String undecided(ReportTexts texts, ReportScore score) {
        if (!score.reported()) {
            return texts.text("scores.only");
        }
        return score.score() < score.threshold()
                ? texts.text("scores.grey", texts.decimal(Numbers.brief(score.indeterminateFrom())))
                : texts.text("scores.alone");
    }

    private static List<String> row(ReportTexts texts, ReportScore score, Decision decision) {
        return decision == Decision.NOT_ASSESSED
                ? List.of(score.label(), "", "", texts.text(decision.key()))
                : List.of(
                        score.label(),
                        Numbers.exact(score.score()).toPlainString(),
                        Numbers.exact(score.threshold()).toPlainString(),
                        texts.text(decision.key()));
    }

    private static Narrative narrative(ResultFrame frame, List<List<String>> rows) {
        ReportTexts texts = frame.texts();
        Xhtml text = new Xhtml(texts.language());
        if (frame.content().demonstration()) {
            text.strong(texts.text("result.demonstration"));
        }
        return text.table(
                        List.of(
                                texts.text("scores.label"),
                                texts.text("column.score"),
                                texts.text("column.threshold"),
                                texts.text("scores.decision")),
                        rows)
                .toNarrative();
    }
}
