package dev.ecgfhir.fhir.report;

import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;

/** How a Provenance is sent so that one that is sent twice is there once. */
final class ProvenanceEntry {
    private ProvenanceEntry() {}

    /**
     * Addresses an entry: by our id where the server takes it; else by a conditional create on a tag, since an R4 Provenance has no
     * identifier, and {@code _tag} can be searched on every resource.
     *
     * @param entry holds a Provenance
     * @param id its deterministic id
     * @param capabilities what the server can do
     */
    static void address(BundleEntryComponent entry, String id, TargetCapabilities capabilities) {
        if (capabilities.updateCreate()) {
            entry.getResource().setId(id);
            entry.getRequest().setMethod(Bundle.HTTPVerb.PUT).setUrl("Provenance/" + id);
            return;
        }
        entry.getResource().setIdElement(null);
        entry.getResource()
                .getMeta()
                .addTag()
                .setSystem(ReportIdentity.RESOURCE_SYSTEM)
                .setCode(id);
        entry.getRequest().setMethod(Bundle.HTTPVerb.POST).setUrl("Provenance");
        if (capabilities.conditionalCreate()) {
            entry.getRequest().setIfNoneExist("_tag=" + ReportIdentity.RESOURCE_SYSTEM + "|" + id);
        }
    }
}
