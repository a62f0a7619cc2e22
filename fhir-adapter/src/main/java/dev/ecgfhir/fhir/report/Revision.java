package dev.ecgfhir.fhir.report;

import ca.uhn.fhir.context.FhirContext;
import dev.ecgfhir.fhir.recording.Sha256;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * What a report becomes where a person has already worked with the one before it.
 *
 * <p>Confirmed as it stood: the new one takes its place as {@code amended}, says that nobody has confirmed it yet, and its Provenance keeps
 * who had confirmed what. Changed in its content: the new one stands beside it ({@code diagnosticReport-addendumOf}), under ids of its own.
 */
final class Revision {
    static final String ADDENDUM_OF = "http://hl7.org/fhir/StructureDefinition/diagnosticReport-addendumOf";

    private Revision() {}

    /**
     * Makes a report an amended one.
     *
     * @param transaction the new report; modified
     * @param there the one that a person has confirmed, or that is an amended one already
     * @param results its results
     */
    static void amend(Bundle transaction, DiagnosticReport there, List<Observation> results) {
        DiagnosticReport report = OwnResources.report(transaction);
        ReportTexts texts = ReportTexts.of(report.getLanguage());
        report.setStatus(DiagnosticReportStatus.AMENDED);
        say(report, texts.text("revision.amended"));
        observations(transaction)
                .filter(fresh -> results.stream().anyMatch(old -> wasFinal(old) && isSame(old, fresh)))
                .forEach(fresh -> {
                    fresh.setStatus(Observation.ObservationStatus.AMENDED);
                    mark(fresh, fresh.getIdentifier());
                });
        Provenance provenance = provenance(transaction);
        provenance.setActivity(new CodeableConcept()
                .addCoding(new Coding("http://terminology.hl7.org/CodeSystem/v3-DataOperation", "UPDATE", "revise")));
        Provenance.ProvenanceEntityComponent revised =
                provenance.addEntity().setRole(Provenance.ProvenanceEntityRole.REVISION);
        revised.setWhat(
                new Reference(there.fhirType() + "/" + there.getIdElement().getIdPart()
                        + (there.getMeta().hasVersionId()
                                ? "/_history/" + there.getMeta().getVersionId()
                                : "")));
        Stream.concat(there.getResultsInterpreter().stream(), there.getPerformer().stream())
                .map(Reference::copy)
                .forEach(person -> revised.addAgent()
                        .setType(new CodeableConcept()
                                .addCoding(new Coding(
                                        "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
                                        "verifier",
                                        "Verifier")))
                        .setWho(person));
    }

    /**
     * Puts a report beside one whose content a person has changed.
     *
     * @param context parses and writes
     * @param transaction the new report; not modified
     * @param number the how manieth of this ECG it becomes, 2 for the first that stands beside another
     * @return the same with ids of its own
     */
    static Bundle beside(FhirContext context, Bundle transaction, int number) {
        String id = OwnResources.resourceId(OwnResources.report(transaction));
        String from = id.substring(0, id.lastIndexOf("-report") + 1);
        String to = ReportIdentity.id(key(id, number), "");
        String json = context.newJsonParser().encodeResourceToString(transaction);
        return context.newJsonParser().parseResource(Bundle.class, json.replace(from, to));
    }

    /** Returns the id of a report that stands beside others of the same ECG. */
    static String idBeside(String reportId, int number) {
        return number == 1 ? reportId : ReportIdentity.id(key(reportId, number), "report");
    }

    /**
     * Links a report to the one that it stands beside.
     *
     * @param transaction the new report; modified
     * @param other the one that a person has changed
     */
    static void link(Bundle transaction, String other) {
        DiagnosticReport report = OwnResources.report(transaction);
        report.addExtension(ADDENDUM_OF, new Reference(other));
        say(report, ReportTexts.of(report.getLanguage()).text("revision.beside", other));
    }

    private static String key(String reportId, int number) {
        return Sha256.hex(reportId + "|" + number);
    }

    private static void say(DiagnosticReport report, String note) {
        report.setConclusion(note + "\n" + report.getConclusion());
        if (report.getText().hasDiv()) {
            report.getText()
                    .setDivAsString(report.getText()
                            .getDivAsString()
                            .replaceFirst(
                                    "(<div[^>]*>)",
                                    "$1<p><b>" + java.util.regex.Matcher.quoteReplacement(Xhtml.escape(note))
                                            + "</b></p>"));
        }
        if (report.hasPresentedForm()) {
            UsCore.present(report);
        }
        mark(report, report.getIdentifier());
    }

    private static void mark(Resource resource, List<Identifier> identifiers) {
        identifiers.stream()
                .filter(one -> Fingerprint.SYSTEM.equals(one.getSystem()))
                .forEach(one -> one.setValue(Fingerprint.of(resource)));
    }

    private static boolean wasFinal(Observation old) {
        return switch (old.getStatus()) {
            case FINAL, AMENDED, CORRECTED -> true;
            default -> false;
        };
    }

    private static boolean isSame(Observation old, Observation fresh) {
        return OwnResources.identifier(old.getIdentifier(), ReportIdentity.RESOURCE_SYSTEM)
                .filter(one -> one.getValue().equals(OwnResources.resourceId(fresh)))
                .isPresent();
    }

    private static Stream<Observation> observations(Bundle transaction) {
        return transaction.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(Observation.class::isInstance)
                .map(Observation.class::cast);
    }

    private static Provenance provenance(Bundle transaction) {
        return transaction.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(Provenance.class::isInstance)
                .map(Provenance.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the Bundle holds no Provenance"));
    }
}
