package dev.ecgfhir.fhir.report;

import ca.uhn.fhir.rest.api.MethodOutcome;
import java.util.HashMap;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Writes a prepared transaction resource by resource, for servers without transactions.
 *
 * <p>The Bundle's order is kept: results, report, Provenance. If it breaks off, the report is not there yet, and the next try writes the
 * same ids (or finds the same identifiers) again.
 */
final class SingleWrites {
    private final TargetServer server;

    SingleWrites(TargetServer server) {
        this.server = server;
    }

    void write(Bundle prepared) {
        Bundle bundle = prepared.copy();
        Map<String, String> places = new HashMap<>();
        for (BundleEntryComponent entry : bundle.getEntry()) {
            Resource resource = entry.getResource();
            server.client()
                    .getFhirContext()
                    .newTerser()
                    .getAllPopulatedChildElementsOfType(resource, Reference.class)
                    .forEach(link -> {
                        String place = places.get(link.getReference());
                        if (place != null) {
                            link.setReference(place);
                        }
                    });
            places.put(entry.getFullUrl(), write(entry));
        }
    }

    private String write(BundleEntryComponent entry) {
        Resource resource = entry.getResource();
        String type = resource.fhirType();
        MethodOutcome outcome = server.asked("writing a " + type, () -> {
            if (entry.getRequest().getMethod() == Bundle.HTTPVerb.PUT) {
                var update = server.client().update().resource(resource);
                if (entry.getRequest().hasIfMatch()) {
                    update.withAdditionalHeader("If-Match", entry.getRequest().getIfMatch());
                }
                if (entry.getRequest().hasIfNoneMatch()) {
                    update.withAdditionalHeader(
                            "If-None-Match", entry.getRequest().getIfNoneMatch());
                }
                return update.execute();
            }
            var create = server.client().create().resource(resource);
            return entry.getRequest().hasIfNoneExist()
                    ? create.conditionalByUrl(type + "?" + entry.getRequest().getIfNoneExist())
                            .execute()
                    : create.execute();
        });
        if (entry.getRequest().getMethod() == Bundle.HTTPVerb.PUT) {
            return entry.getRequest().getUrl();
        }
        if (!(outcome.getId() instanceof IdType id) || !id.hasIdPart()) {
            throw new TargetException(
                    true, null, server.base() + " did not say which id the new " + type + " has", null);
        }
        return type + "/" + id.getIdPart();
    }
}
