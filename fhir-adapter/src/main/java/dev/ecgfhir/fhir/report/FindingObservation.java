package dev.ecgfhir.fhir.report;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Observation;

/** One positive finding as an Observation. */
final class FindingObservation {
    private FindingObservation() {}

    /**
     * Writes a finding. With a coding: code is the concept (and the label), value is "present". Without: code is "EKG impression" and the
     * value names the label, so that nothing that has no true code gets one.
     */
    static Observation of(ResultFrame frame, ReportFinding finding) {
        ReportTexts texts = frame.texts();
        String name = new FindingWords(texts).name(finding);
        Observation observation = frame.observation(frame.identity().findingId(finding.labelIndex()));
        if (!finding.codings().isEmpty()) {
            CodeableConcept code = new CodeableConcept().setText(name);
            finding.codings().forEach(coding -> code.addCoding(coding(coding)));
            observation.setCode(code.addCoding(ReportTerms.label(finding.label())));
            observation.setValue(new CodeableConcept().addCoding(new Coding(ReportTerms.LOINC, "LA9633-4", "Present")));
        } else {
            observation.setCode(
                    new CodeableConcept().addCoding(new Coding(ReportTerms.LOINC, "8601-7", "EKG impression")));
            observation.setValue(new CodeableConcept()
                    .addCoding(ReportTerms.label(finding.label()))
                    .setText(name));
        }
        observation.addInterpretation(ReportTerms.interpretation("POS", "Positive", texts.text("result.suggested")));
        if (finding.alert().equals("critical")) {
            observation.addInterpretation(
                    ReportTerms.interpretation("AA", "Critical abnormal", texts.text("result.critical")));
        }
        frame.effective(finding.stretches()).ifPresent(observation::setEffective);
        Observation.ObservationComponentComponent score = observation.addComponent();
        score.setCode(ReportTerms.term(ReportTerms.SCORE));
        score.setValue(ResultFrame.ratio(finding.score()));
        score.addReferenceRange(ResultFrame.positiveFrom(finding.threshold())
                .setText(texts.text(
                        finding.thresholdValidated()
                                ? "result.threshold-validated"
                                : "result.threshold-not-validated")));
        finding.probability()
                .ifPresent(probability -> observation
                        .addComponent()
                        .setCode(ReportTerms.term(ReportTerms.PROBABILITY))
                        .setValue(ResultFrame.ratio(probability)));
        notes(frame, finding).forEach(note -> observation.addNote().setText(note));
        observation.setText(narrative(texts, observation, finding));
        return observation;
    }

    static Coding coding(ReportCoding coding) {
        return new Coding(coding.system(), coding.code(), coding.display());
    }

    private static List<String> notes(ResultFrame frame, ReportFinding finding) {
        ReportTexts texts = frame.texts();
        List<String> notes = new ArrayList<>();
        if (frame.content().demonstration()) {
            notes.add(texts.text("result.demonstration"));
        }
        if (!finding.stretches().isEmpty()) {
            notes.add(texts.text("result.windows", Stretch.text(finding.stretches())));
        }
        if (!finding.codings().isEmpty() && !isSame(finding.equivalence())) {
            notes.add(texts.text("result.equivalence", finding.label(), finding.equivalence()));
        }
        return notes;
    }

    private static boolean isSame(String equivalence) {
        return equivalence.equals("equal") || equivalence.equals("equivalent");
    }

    private static Narrative narrative(ReportTexts texts, Observation observation, ReportFinding finding) {
        Xhtml text = new Xhtml(texts.language());
        text.strong(new FindingWords(texts).line(finding));
        text.paragraph(observation.getInterpretationFirstRep().getText());
        text.list(observation.getNote().stream().map(note -> note.getText()).toList());
        return text.toNarrative();
    }
}
