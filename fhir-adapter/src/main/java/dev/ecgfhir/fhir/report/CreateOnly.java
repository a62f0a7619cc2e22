package dev.ecgfhir.fhir.report;

import java.util.List;
import java.util.Locale;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement;

/**
 * How a PUT says that it may create a resource but not replace one.
 *
 * <p>R4 has no such condition. R5 has: <a href="https://hl7.org/fhir/R5/http.html#cond-update">{@code If-None-Match: *}</a>, which some R4
 * servers know too; those that do not ignore it, and there a race of two writers can leave a second version of the same report.
 */
public enum CreateOnly {
    /** {@code If-None-Match: *}. */
    IF_NONE_MATCH,
    /**
     * {@code If-Match: W/"0"}. HAPI FHIR 8.8.0 ignores {@code If-None-Match} on a PUT, and asks for the version in {@code If-Match} only if
     * the resource exists ({@code BaseStorageResourceDao.doUpdateForUpdateOrPatch}); its versions begin with 1. The embedded repository is
     * a HAPI FHIR server under our own name.
     */
    IF_MATCH_ZERO;

    private static final List<String> HAPI = List.of("HAPI FHIR", "ECGFOUNDER FOR FHIR");

    static CreateOnly of(CapabilityStatement statement) {
        String software = String.valueOf(statement.getSoftware().getName()).toUpperCase(Locale.ROOT);
        return HAPI.stream().anyMatch(software::contains) ? IF_MATCH_ZERO : IF_NONE_MATCH;
    }

    void apply(BundleEntryRequestComponent request) {
        switch (this) {
            case IF_NONE_MATCH -> request.setIfNoneMatch("*");
            case IF_MATCH_ZERO -> request.setIfMatch("W/\"0\"");
        }
    }
}
