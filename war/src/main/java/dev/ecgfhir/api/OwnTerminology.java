package dev.ecgfhir.api;

import dev.ecgfhir.fhir.report.ReportTerms;
import dev.ecgfhir.terminology.ConceptScope;
import dev.ecgfhir.terminology.SiteOverlay;
import dev.ecgfhir.terminology.Terminology;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.MetadataResource;

/** Everything that this product's reports are coded with and that nobody else publishes. */
public final class OwnTerminology {
    private OwnTerminology() {}

    /**
     * Returns code systems, map and value sets; new objects at each call, which the caller may change.
     *
     * @param scope which SNOMED CT concepts they may contain
     */
    public static List<MetadataResource> resources(ConceptScope scope) {
        return resources(scope, SiteOverlay.NONE);
    }

    /**
     * Returns code systems, maps and value sets; new objects at each call, which the caller may change.
     *
     * @param scope which SNOMED CT concepts of ours they may contain
     * @param overlay what the site adds
     */
    public static List<MetadataResource> resources(ConceptScope scope, SiteOverlay overlay) {
        List<MetadataResource> resources = new ArrayList<>(Terminology.resources(scope, overlay));
        resources.add(ReportTerms.codeSystem());
        return resources;
    }
}
