package dev.ecgfhir.routes;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import dev.ecgfhir.fhir.source.BulkExport;
import dev.ecgfhir.fhir.source.FhirServerSource;
import dev.ecgfhir.fhir.source.SourceQuery;
import dev.ecgfhir.ledger.Backfill;
import dev.ecgfhir.ledger.BackfillOrder;

/** Begins to read the archive of one source, and gives back what a reading that was cancelled has left there. */
final class Archives {
    private final SourceRouteConfig config;
    private final FhirServerSource source;
    private final IGenericClient client;

    Archives(SourceRouteConfig config, FhirServerSource source, IGenericClient client) {
        this.config = config;
        this.source = source;
        this.client = client;
    }

    ArchiveReading reading(Backfill job) {
        SourceQuery query = config.sourceQuery();
        return switch (job.order().kind()) {
            case SEARCH -> new SearchReading(source.archive());
            case EXPORT -> new ExportReading(export(query), query, config.name());
        };
    }

    void giveBack(Backfill job) {
        if (job.order().kind() == BackfillOrder.Kind.EXPORT) {
            ExportCursor.parse(job.cursor())
                    .status()
                    .ifPresent(address -> export(config.sourceQuery()).giveBack(address));
        }
    }

    private BulkExport export(SourceQuery query) {
        return new BulkExport(client, config.archive().export(), query);
    }
}
