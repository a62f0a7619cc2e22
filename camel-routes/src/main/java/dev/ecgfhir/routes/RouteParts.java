package dev.ecgfhir.routes;

import ca.uhn.fhir.context.FhirContext;
import dev.ecgfhir.fhir.report.ReportOptions;
import dev.ecgfhir.fhir.source.FhirClients;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.pipeline.Interpreter;
import dev.ecgfhir.terminology.LabelMap;
import java.time.Clock;

/**
 * What the routes work with. All of it is shared and stays its owner's to close.
 *
 * @param ledger its tables are there
 * @param interpreter reads recordings
 * @param labels the terminology of the reports; the interpreter's
 * @param fhir R4
 * @param servers makes clients
 * @param reports how reports are written; whether ids are the same is each target's own
 * @param softwareVersion this product's version, as reports name it
 * @param clock tells when pauses are over and reports were issued
 */
public record RouteParts(
        Ledger ledger,
        Interpreter interpreter,
        LabelMap labels,
        FhirContext fhir,
        Servers servers,
        ReportOptions reports,
        String softwareVersion,
        Clock clock) {
    /** Returns parts with clients without credentials and the system's clock. */
    public static RouteParts of(
            Ledger ledger, Interpreter interpreter, LabelMap labels, FhirContext fhir, String softwareVersion) {
        return new RouteParts(
                ledger,
                interpreter,
                labels,
                fhir,
                (name, url) -> FhirClients.client(url, FhirClients.Limits.defaults()),
                ReportOptions.defaults(),
                softwareVersion,
                Clock.systemUTC());
    }
}
