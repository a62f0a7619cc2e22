package dev.ecgfhir.fhir.source;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;

/**
 * Asks a second time where a server answers 404 to a read: a container or gateway says so of everything while the FHIR server behind it
 * is deployed anew, and a replica that lags says so of what is there. What is really gone is in no search either. Safe to share between
 * threads.
 */
final class Absence {
    private static final Set<Integer> NO_SEARCH = Set.of(404, 405, 410);

    private final SourceSearch search;
    private final String base;

    Absence(SourceSearch search, String base) {
        this.search = search;
        this.base = base;
    }

    /**
     * Confirms that a recording to whose reading the server answered 404 is not there.
     *
     * @throws SourceException if a search shows it, or is answered 404 too
     */
    void confirm(Found found) {
        Bundle bundle;
        try {
            bundle = search.first(Map.of("_id", List.of(found.id())), 1);
        } catch (BaseServerResponseException e) {
            if (NO_SEARCH.contains(e.getStatusCode())) {
                throw new SourceException(
                        SourceException.Reason.UNAVAILABLE,
                        true,
                        Optional.empty(),
                        base + ": HTTP status " + e.getStatusCode()
                                + " to a search; the FHIR server is not there, or its address has changed",
                        e);
            }
            throw e;
        }
        if (bundle.getEntry().stream()
                .anyMatch(entry -> entry.getResource() instanceof Observation one
                        && found.id().equals(one.getIdElement().getIdPart()))) {
            throw new SourceException(
                    SourceException.Reason.REJECTED,
                    false,
                    Optional.empty(),
                    base + ": HTTP status 404 to the reading of " + found.resource() + ", which its search shows",
                    null);
        }
    }
}
