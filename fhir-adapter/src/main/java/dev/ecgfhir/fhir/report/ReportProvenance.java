package dev.ecgfhir.fhir.report;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;

/** Where a report came from: the recording in its version, the algorithm, and everything that decided the result. */
final class ReportProvenance {
    private static final String SETTINGS_SYSTEM = "https://ecgfhir.dev/identifier/settings";
    private static final String THRESHOLDS_SYSTEM = "https://ecgfhir.dev/identifier/thresholds";

    private ReportProvenance() {}

    static Provenance of(ResultFrame frame, DiagnosticReport report, List<Observation> results) {
        ReportContent content = frame.content();
        Provenance provenance = new Provenance();
        provenance.setId(frame.identity().provenanceId());
        provenance.setLanguage(frame.texts().language().tag());
        provenance.getMeta().addSecurity(ReportTerms.assertedByAi());
        provenance.addTarget(frame.inside(report));
        results.forEach(result -> provenance.addTarget(frame.inside(result)));
        provenance.setOccurred(new DateTimeType(frame.issued().getValueAsString()));
        provenance.setRecordedElement(frame.issued());
        provenance.setActivity(new CodeableConcept()
                .addCoding(new Coding("http://terminology.hl7.org/CodeSystem/v3-DataOperation", "CREATE", "create")));
        provenance
                .addAgent()
                .setType(new CodeableConcept()
                        .addCoding(new Coding(
                                "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
                                "performer",
                                "Performer")))
                .setWho(frame.device());
        frame.links().recordings().forEach(link -> source(provenance, link));
        source(
                provenance,
                new Reference()
                        .setIdentifier(frame.links().contentIdentifier())
                        .setDisplay("Samples of the recording, by their hash"));
        source(
                provenance,
                new Reference()
                        .setIdentifier(
                                new Identifier().setSystem(SETTINGS_SYSTEM).setValue(content.settingsHash()))
                        .setDisplay("Preprocessing: " + content.preprocessing() + ". Run by " + content.engine()));
        source(
                provenance,
                new Reference()
                        .setIdentifier(
                                new Identifier().setSystem(THRESHOLDS_SYSTEM).setValue(content.thresholdsVersion()))
                        .setDisplay("Thresholds " + content.thresholdsVersion()));
        source(
                provenance,
                new Reference()
                        .setIdentifier(new Identifier()
                                .setSystem("urn:ietf:rfc:3986")
                                .setValue(ReportTerms.CONCEPT_MAP + "|" + content.terminologyVersion()))
                        .setDisplay("Labels to SNOMED CT " + content.terminologyVersion()));
        provenance.setText(narrative(frame));
        return provenance;
    }

    private static void source(Provenance provenance, Reference what) {
        provenance.addEntity().setRole(Provenance.ProvenanceEntityRole.SOURCE).setWhat(what);
    }

    private static Narrative narrative(ResultFrame frame) {
        ReportContent content = frame.content();
        ReportTexts texts = frame.texts();
        Xhtml text = new Xhtml(texts.language());
        if (content.demonstration()) {
            text.strong(texts.text("result.demonstration"));
        }
        return text.paragraph(texts.text(
                        "provenance.made",
                        content.modelName(),
                        content.modelHash(),
                        content.softwareVersion(),
                        content.engine()))
                .list(List.of(
                        texts.text("provenance.preprocessing", content.preprocessing()),
                        texts.text("provenance.thresholds", content.thresholdsVersion()),
                        texts.text("provenance.terminology", content.terminologyVersion()),
                        texts.text("provenance.settings", content.settingsHash()),
                        texts.text(
                                "provenance.samples",
                                "sha256:" + content.recording().contentHash())))
                .toNarrative();
    }
}
