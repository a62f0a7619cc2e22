package dev.ecgfhir.fhir.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;

/** By what the resources that this product writes are told: their identifiers. */
final class OwnResources {
    private OwnResources() {}

    /** Returns a resource's deterministic id. Its identifier tells it; a parser may have put the entry's fullUrl in place of the id. */
    static String resourceId(Resource resource) {
        List<Identifier> identifiers = List.of();
        if (resource instanceof DiagnosticReport report) {
            identifiers = report.getIdentifier();
        } else if (resource instanceof Observation observation) {
            identifiers = observation.getIdentifier();
        }
        return identifier(identifiers, ReportIdentity.RESOURCE_SYSTEM)
                .map(Identifier::getValue)
                .orElseThrow(() -> new IllegalArgumentException("a " + resource.fhirType()
                        + " of ours bears an identifier of " + ReportIdentity.RESOURCE_SYSTEM));
    }

    /** Returns the report of a transaction. */
    static DiagnosticReport report(Bundle transaction) {
        return transaction.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(DiagnosticReport.class::isInstance)
                .map(DiagnosticReport.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the Bundle holds no DiagnosticReport"));
    }

    /** Finds the first identifier of a system. */
    static Optional<Identifier> identifier(List<Identifier> identifiers, String system) {
        return identifiers.stream()
                .filter(identifier -> system.equals(identifier.getSystem()))
                .findFirst();
    }

    /** Finds the identifier with a system and value. */
    static Optional<Identifier> identifier(List<Identifier> identifiers, String system, String value) {
        return identifiers.stream()
                .filter(identifier -> system.equals(identifier.getSystem()) && value.equals(identifier.getValue()))
                .findFirst();
    }

    /** Returns when a server has stored a resource last; the epoch if it does not say. */
    static Instant lastUpdated(Resource resource) {
        return resource.getMeta().hasLastUpdated()
                ? resource.getMeta().getLastUpdated().toInstant()
                : Instant.EPOCH;
    }
}
