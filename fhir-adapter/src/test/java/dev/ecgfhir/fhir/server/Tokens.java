package dev.ecgfhir.fhir.server;

import java.util.List;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;

/** What resources can be found by. */
final class Tokens {
    private Tokens() {}

    static List<Identifier> identifiers(Resource resource) {
        if (resource instanceof Observation observation) {
            return observation.getIdentifier();
        }
        if (resource instanceof DiagnosticReport report) {
            return report.getIdentifier();
        }
        return resource instanceof Device device ? device.getIdentifier() : List.of();
    }
}
