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
        Observation observation = frame.observation(frame.identity().findingId(finding.labelIndex()));
        if (!finding.codings().isEmpty()) {
            CodeableConcept code = new CodeableConcept().setText(finding.text());
            finding.codings().forEach(coding -> code.addCoding(coding(coding)));
            observation.setCode(code.addCoding(ReportTerms.label(finding.label())));
            observation.setValue(new CodeableConcept().addCoding(new Coding(ReportTerms.LOINC, "LA9633-4", "Present")));
        } else {
            observation.setCode(
                    new CodeableConcept().addCoding(new Coding(ReportTerms.LOINC, "8601-7", "EKG impression")));
            observation.setValue(new CodeableConcept()
                    .addCoding(ReportTerms.label(finding.label()))
                    .setText(finding.text()));
        }
        observation.addInterpretation(
                ReportTerms.interpretation("POS", "Positive", "Suggested by an algorithm, not confirmed by a person"));
        if (finding.alert().equals("critical")) {
            observation.addInterpretation(ReportTerms.interpretation(
                    "AA", "Critical abnormal", "The label is one of which a clinician should be told at once"));
        }
        Observation.ObservationComponentComponent score = observation.addComponent();
        score.setCode(ReportTerms.term(ReportTerms.SCORE));
        score.setValue(ResultFrame.ratio(finding.score()));
        score.addReferenceRange(ResultFrame.positiveFrom(finding.threshold())
                .setText(finding.thresholdValidated() ? "Threshold validated" : "Threshold not validated"));
        finding.probability()
                .ifPresent(probability -> observation
                        .addComponent()
                        .setCode(ReportTerms.term(ReportTerms.PROBABILITY))
                        .setValue(ResultFrame.ratio(probability)));
        notes(frame.content(), finding).forEach(note -> observation.addNote().setText(note));
        observation.setText(narrative(observation, finding));
        return observation;
    }

    static Coding coding(ReportCoding coding) {
        return new Coding(coding.system(), coding.code(), coding.display());
    }

    private static List<String> notes(ReportContent content, ReportFinding finding) {
        List<String> notes = new ArrayList<>();
        if (content.demonstration()) {
            notes.add(AlgorithmDevice.DEMONSTRATION_NOTE);
        }
        if (!finding.seconds().isEmpty()) {
            notes.add("Positive in the windows that begin at " + Numbers.seconds(finding.seconds())
                    + " from the start of the recording.");
        }
        if (!finding.codings().isEmpty() && !isSame(finding.equivalence())) {
            notes.add("The code is related to the network's label '" + finding.label() + "' as " + finding.equivalence()
                    + " (ConceptMap equivalence: code relative to label).");
        }
        return notes;
    }

    private static boolean isSame(String equivalence) {
        return equivalence.equals("equal") || equivalence.equals("equivalent");
    }

    private static Narrative narrative(Observation observation, ReportFinding finding) {
        Xhtml text = new Xhtml();
        text.strong(ConclusionText.finding(finding));
        text.paragraph(observation.getInterpretationFirstRep().getText());
        text.list(observation.getNote().stream().map(note -> note.getText()).toList());
        return text.toNarrative();
    }
}
