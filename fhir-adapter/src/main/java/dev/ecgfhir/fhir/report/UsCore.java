package dev.ecgfhir.fhir.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims the US Core profiles for a report that has what they require.
 *
 * <p>A report of an ECG without patient or day cannot have it: it is written all the same, claims nothing, and the log says why. Reference:
 * HL7 US Core, profiles DiagnosticReport for Report and Note Exchange, and Observation Clinical Result.
 */
final class UsCore {
    static final String NOTE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-diagnosticreport-note";
    static final String CLINICAL_RESULT =
            "http://hl7.org/fhir/us/core/StructureDefinition/us-core-observation-clinical-result";

    private static final Logger LOG = LoggerFactory.getLogger(UsCore.class);
    private static final String HTML = "text/html;charset=utf-8";
    private static final int DAY = "2026-11-28".length();

    private UsCore() {}

    /**
     * Claims the profiles, and adds the report in words as a document ({@code presentedForm}).
     *
     * @param report with its text; modified
     * @param results its results; modified
     */
    static void claim(DiagnosticReport report, List<Observation> results) {
        Optional<String> missing = missing(report);
        if (missing.isPresent()) {
            LOG.warn(
                    "DiagnosticReport/{} does not claim US Core: {}",
                    report.getIdElement().getIdPart(),
                    missing.get());
            return;
        }
        report.getMeta().addProfile(NOTE);
        results.forEach(result -> result.getMeta().addProfile(CLINICAL_RESULT));
        present(report);
    }

    /** Makes the document anew from the report's narrative. */
    static void present(DiagnosticReport report) {
        report.getPresentedForm().clear();
        report.addPresentedForm()
                .setContentType(HTML)
                .setLanguage(report.getLanguage())
                .setData(html(report).getBytes(StandardCharsets.UTF_8))
                .setTitle(report.getCode().getCodingFirstRep().getDisplay());
    }

    private static Optional<String> missing(DiagnosticReport report) {
        if (!report.hasSubject()) {
            return Optional.of("the recording names no patient");
        }
        if (!isPatient(report.getSubject())) {
            return Optional.of("its subject is no Patient");
        }
        if (!report.hasEffective()) {
            return Optional.of("the time of the recording is not known");
        }
        // us-core-1: at least to the day
        return report.getEffective() instanceof BaseDateTimeType time
                        && time.getValueAsString().length() < DAY
                ? Optional.of("the day of the recording is not known")
                : Optional.empty();
    }

    private static boolean isPatient(Reference subject) {
        if (subject.hasType()) {
            return subject.getType().equals("Patient");
        }
        String address = subject.hasReference()
                ? subject.getReference()
                : String.valueOf(subject.getIdentifier().getValue());
        // a logical reference without an address cannot be looked into
        return !address.matches("(.*/)?(Group|Device|Location)/[^/]+(/_history/.*)?");
    }

    private static String html(DiagnosticReport report) {
        return "<!DOCTYPE html><html lang=\"" + report.getLanguage() + "\"><head><meta charset=\"utf-8\"/><title>"
                + Xhtml.escape(report.getCode().getCodingFirstRep().getDisplay()) + "</title></head><body>"
                + report.getText().getDivAsString() + "</body></html>";
    }
}
