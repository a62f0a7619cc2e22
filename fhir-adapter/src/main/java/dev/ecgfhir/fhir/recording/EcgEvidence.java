package dev.ecgfhir.fhir.recording;

import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/**
 * Tells whether a concept says that its waveform is an ECG: by a code of {@code lead-codes.csv}, or, where no known code system speaks,
 * by the word itself (ECG, EKG, electrocardiogram and the like). A lead's name alone ("V1", "I") is no evidence: other signals use them.
 */
final class EcgEvidence {
    private static final Pattern WORD = Pattern.compile(
            "(?<!\\p{L})(?:ECG|EKG)(?!\\p{L})|ele[ck]tro[ck]ardio|[ée]lectrocardio|HKElectrocardiogram",
            Pattern.CASE_INSENSITIVE);
    private static final String POTENTIAL = "MDC_ECG_ELEC_POTL";
    private static final String LEAD = "MDC_ECG_LEAD_";

    private EcgEvidence() {}

    static boolean in(CodeableConcept concept) {
        return concept.getCoding().stream().anyMatch(EcgEvidence::in) || (concept.hasText() && says(concept.getText()));
    }

    private static boolean in(Coding coding) {
        String code = coding.hasCode() ? coding.getCode().strip() : "";
        String display = coding.hasDisplay() ? coding.getDisplay().strip() : "";
        boolean referenceId = isReferenceId(code) || isReferenceId(display);
        return LeadCodes.systemName(coding.hasSystem() ? coding.getSystem() : "")
                .map(system -> LeadCodes.standard().isEcg(system, code) || referenceId)
                .orElseGet(() -> referenceId || says(code) || says(display));
    }

    private static boolean isReferenceId(String text) {
        return text.startsWith(POTENTIAL) || text.startsWith(LEAD);
    }

    private static boolean says(String text) {
        return !text.startsWith("MDC_") && WORD.matcher(text).find();
    }
}
