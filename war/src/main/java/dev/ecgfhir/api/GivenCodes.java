package dev.ecgfhir.api;

import static dev.ecgfhir.api.Outcomes.badRequest;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/** The code of a request in any of the three forms that the standard's terminology operations know. */
final class GivenCodes {
    private GivenCodes() {}

    /**
     * Reads the code of a request.
     *
     * @return at least one; without system where the caller gave a code alone
     */
    static List<Coding> of(
            @Nullable CodeType code,
            @Nullable UriType system,
            @Nullable Coding coding,
            @Nullable CodeableConcept concept) {
        if (concept != null && concept.hasCoding()) {
            return concept.getCoding();
        }
        if (coding != null && coding.hasCode()) {
            return List.of(coding);
        }
        String given = FixedResources.value(code)
                .orElseThrow(() -> badRequest(
                        "MISSING_PARAMETER", "one of the parameters 'code', 'coding' and 'codeableConcept' is needed"));
        Coding made = new Coding().setCode(given);
        Optional<String> of = FixedResources.value(system);
        of.ifPresent(made::setSystem);
        return List.of(made);
    }

    /** Tells whether one of the codes is a certain one; a code without system is one of any system. */
    static boolean same(List<Coding> codes, Coding one) {
        return codes.stream()
                .anyMatch(code -> code.hasCode()
                        && code.getCode().equals(one.getCode())
                        && (!code.hasSystem() || code.getSystem().equals(one.getSystem())));
    }
}
