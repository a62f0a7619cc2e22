package dev.ecgfhir.repository;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import dev.ecgfhir.api.EcgReports.Refused;
import dev.ecgfhir.api.EcgStore;
import dev.ecgfhir.api.OwnEndpoint;
import dev.ecgfhir.fhir.report.Delivery;
import dev.ecgfhir.fhir.report.ReportSink;
import dev.ecgfhir.fhir.report.TargetException;
import dev.ecgfhir.fhir.source.FhirClients;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;

/** ECGs and reports in the embedded repository. Reports go through the same decision as on any other server, over HTTP. */
final class RepositoryStore implements EcgStore {
    private static final int ATTEMPTS = 3;

    private final DaoRegistry types;
    private final OwnEndpoint own;
    private @Nullable ReportSink sink;
    private @Nullable IGenericClient client;

    RepositoryStore(DaoRegistry types, OwnEndpoint own) {
        this.types = types;
        this.own = own;
    }

    @Override
    public Optional<Observation> read(IdType id) {
        try {
            return Optional.of(types.getResourceDao(Observation.class).read(id, new SystemRequestDetails()));
        } catch (ResourceNotFoundException | ResourceGoneException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Refused> store(Bundle transaction) {
        Optional<String> base = own.fhirBase();
        if (base.isEmpty()) {
            return Optional.of(new Refused(
                    "NO_BASE_URL",
                    Optional.empty(),
                    "the report was not stored: set ecgfhir.base-url, the address of this application"));
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Delivery delivery;
            try {
                delivery = sink(base.get()).prepare(transaction);
            } catch (TargetException e) {
                if (e.getCause() instanceof ResourceVersionConflictException) {
                    continue; // a route made the Device, which all reports share, at the same moment
                }
                throw e;
            }
            if (delivery instanceof Delivery.NotOverwritten kept) {
                return Optional.of(new Refused(
                        kept.reason().name(),
                        Optional.empty(),
                        kept.report() + " is there and was not overwritten: " + kept.detail()));
            }
            if (!(delivery instanceof Delivery.Send send) || sent(base.get(), send.bundle())) {
                return Optional.empty();
            }
        }
        return Optional.of(new Refused(
                "CHANGED_MEANWHILE",
                Optional.empty(),
                "the report was not stored: others wrote it at the same moment, " + ATTEMPTS + " times; try again"));
    }

    /** Returns false if somebody else, for example a route, wrote the same report in between. */
    private boolean sent(String base, Bundle bundle) {
        try {
            client(base).transaction().withBundle(bundle).execute();
            return true;
        } catch (PreconditionFailedException | ResourceVersionConflictException e) {
            return false;
        }
    }

    private synchronized ReportSink sink(String base) {
        ReportSink known = sink;
        if (known == null) {
            known = new ReportSink(client(base));
            sink = known;
        }
        return known;
    }

    private synchronized IGenericClient client(String base) {
        IGenericClient known = client;
        if (known == null) {
            known = FhirClients.client(base, FhirClients.Limits.defaults());
            client = known;
        }
        return known;
    }
}
