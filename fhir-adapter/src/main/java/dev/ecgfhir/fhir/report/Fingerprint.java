package dev.ecgfhir.fhir.report;

import dev.ecgfhir.fhir.recording.Sha256;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a resource of ours still says what we wrote.
 *
 * <p>A versionId does not tell who wrote a version, tags survive a person's update, and not every server keeps Provenance. So a hash over
 * what a reader would act on travels in the resource itself, as one of its identifiers: if the resource, read back, gives another hash,
 * somebody has changed it. What servers change by themselves (meta, narrative, versions in references, ids of results) is left out.
 */
final class Fingerprint {
    /** Identifier system under which it travels. */
    static final String SYSTEM = "https://ecgfhir.dev/identifier/fingerprint";

    private final List<String> parts = new ArrayList<>();

    private Fingerprint() {}

    /** Returns the hash of a DiagnosticReport or Observation as it stands. */
    static String of(Resource resource) {
        Fingerprint fingerprint = new Fingerprint();
        if (resource instanceof DiagnosticReport report) {
            fingerprint.add(report);
        } else if (resource instanceof Observation observation) {
            fingerprint.add(observation);
        } else {
            throw new IllegalArgumentException("no fingerprint for " + resource.fhirType());
        }
        return "v1:" + Sha256.hex(String.join("\n", fingerprint.parts));
    }

    /** Tells whether a resource still bears the hash of what it says. */
    static boolean isUntouched(Resource resource, List<Identifier> identifiers) {
        String now = of(resource);
        return identifiers.stream()
                .anyMatch(identifier -> SYSTEM.equals(identifier.getSystem()) && now.equals(identifier.getValue()));
    }

    private void add(DiagnosticReport report) {
        add("status", report.getStatusElement().getValueAsString());
        report.getCategory().forEach(this::add);
        add(report.getCode());
        add(report.getSubject());
        add(report.getEncounter());
        report.getBasedOn().forEach(this::add);
        add("effective", report.getEffective());
        add("conclusion", words(report.getConclusion()));
        report.getConclusionCode().forEach(this::add);
        add("results", String.valueOf(report.getResult().size()));
        add(
                "others",
                report.getPerformer().size() + ","
                        + report.getResultsInterpreter().size() + ","
                        + report.getPresentedForm().size() + ","
                        + report.getMedia().size() + ","
                        + report.getImagingStudy().size() + ","
                        + report.getSpecimen().size());
        add(
                "extensions",
                report.getExtension().size() + ","
                        + report.getModifierExtension().size());
    }

    private void add(Observation observation) {
        add("status", observation.getStatusElement().getValueAsString());
        add(observation.getCode());
        add(observation.getSubject());
        add(observation.getEncounter());
        add("effective", observation.getEffective());
        add("value", observation.getValue());
        add(observation.getDataAbsentReason());
        observation.getInterpretation().forEach(this::add);
        observation.getNote().forEach(note -> add("note", words(note.getText())));
        observation.getComponent().forEach(component -> {
            add(component.getCode());
            add("value", component.getValue());
            add(component.getDataAbsentReason());
            component.getInterpretation().forEach(this::add);
            component.getReferenceRange().forEach(range -> add("from", range.getLow()));
        });
        add(
                "others",
                observation.getPerformer().size() + ","
                        + observation.getHasMember().size());
        add(
                "extensions",
                observation.getExtension().size() + ","
                        + observation.getModifierExtension().size());
    }

    private void add(CodeableConcept concept) {
        concept.getCoding().forEach(coding -> add("coding", coding.getSystem() + "|" + coding.getCode()));
        add("text", words(concept.getText()));
    }

    /** The resource that is meant, without the server's address and without a version. */
    private void add(Reference reference) {
        String[] steps = reference.hasReference()
                ? reference
                        .getReferenceElement()
                        .toUnqualifiedVersionless()
                        .getValue()
                        .split("/", -1)
                : new String[0];
        String tail = steps.length < 2 ? "" : steps[steps.length - 2] + "/" + steps[steps.length - 1];
        Identifier identifier = reference.getIdentifier();
        add("reference", tail + " " + identifier.getSystem() + "|" + identifier.getValue());
    }

    private void add(String what, @Nullable Base value) {
        if (value instanceof CodeableConcept concept) {
            add(concept);
        } else if (value instanceof Quantity quantity) {
            BigDecimal number = quantity.getValue();
            add(what, number == null ? "" : number.stripTrailingZeros().toPlainString());
        } else if (value instanceof Period period) {
            add(
                    what,
                    period.getStartElement().getValueAsString() + "/"
                            + period.getEndElement().getValueAsString());
        } else if (value != null) {
            add(what, value.isEmpty() ? "" : value.fhirType() + " " + value.primitiveValue());
        }
    }

    private void add(String what, @Nullable String value) {
        parts.add(what + ":" + (value == null ? "" : value));
    }

    private static String words(@Nullable String text) {
        return text == null ? "" : text.strip().replaceAll("\\s+", " ");
    }
}
