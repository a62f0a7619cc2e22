package dev.ecgfhir.routes;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import dev.ecgfhir.fhir.report.ReportSink;
import java.util.Optional;

/**
 * A target at work.
 *
 * @param config what was asked for
 * @param client talks to it
 * @param sink decides what it needs
 * @param pause whether it is left in peace
 */
record TargetLane(TargetRouteConfig config, IGenericClient client, ReportSink sink, Pause pause) {
    Lane lane() {
        return new Lane(
                config.name(),
                config.url(),
                Lane.Kind.TARGET,
                !pause.isOver(),
                pause.failures(),
                Optional.empty(),
                Optional.empty());
    }
}
