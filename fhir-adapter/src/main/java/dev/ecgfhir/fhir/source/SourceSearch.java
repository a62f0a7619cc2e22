package dev.ecgfhir.fhir.source;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.gclient.IQuery;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.NotImplementedOperationException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The search of one source as HTTP requests. Servers that refuse {@code _sort} or {@code _elements} are asked without; which form a
 * server takes is remembered. Safe to share between threads.
 */
final class SourceSearch {
    private static final Logger LOG = LoggerFactory.getLogger(SourceSearch.class);

    /**
     * A form of the request.
     *
     * @param sorted with {@code _sort}
     * @param slim with {@code _elements}
     */
    private record Form(boolean sorted, boolean slim) {
        static final Form BEST = new Form(true, true);

        /** Returns the next simpler form; the last is what every server with {@code _lastUpdated} takes. */
        Optional<Form> simpler() {
            if (sorted) {
                return Optional.of(new Form(false, slim));
            }
            return slim ? Optional.of(new Form(false, false)) : Optional.empty();
        }
    }

    private final IGenericClient client;
    private final SourceQuery query;
    private volatile Form form = Form.BEST;

    SourceSearch(IGenericClient client, SourceQuery query) {
        this.client = client;
        this.query = query;
    }

    /** Asks for the first page of what was written since a cursor. */
    Bundle first(Cursor from) {
        return first(
                from.watermark()
                        .map(watermark -> Map.of("_lastUpdated", List.of("ge" + watermark.minus(query.overlap()))))
                        .orElseGet(Map::of),
                query.pageSize());
    }

    /**
     * Asks for the first page.
     *
     * @param more parameters beside the query's own, with which they are joined by "and"
     * @param pageSize rows a page
     */
    Bundle first(Map<String, List<String>> more, int pageSize) {
        Form candidate = form;
        while (true) {
            try {
                Bundle bundle = first(more, pageSize, candidate);
                form = candidate;
                return bundle;
            } catch (InvalidRequestException | NotImplementedOperationException e) {
                candidate = candidate.simpler().orElseThrow(() -> e);
                LOG.info("{} refused the search; asking more simply", client.getServerBase());
            }
        }
    }

    private Bundle first(Map<String, List<String>> more, int pageSize, Form candidate) {
        Map<String, List<String>> parameters = new LinkedHashMap<>(query.parameters());
        more.forEach((name, values) -> parameters.merge(
                name,
                values,
                (ours, theirs) -> Stream.concat(ours.stream(), theirs.stream()).toList()));
        parameters.put("_count", List.of(String.valueOf(pageSize)));
        if (candidate.sorted()) {
            parameters.put("_sort", List.of("_lastUpdated"));
        }
        if (candidate.slim()) {
            parameters.put("_elements", List.of("id,meta,subject"));
        }
        IQuery<Bundle> search = client.search()
                .forResource(Observation.class)
                .whereMap(parameters)
                .returnBundle(Bundle.class);
        return search.cacheControl(FhirServerSource.noCache())
                .withAdditionalHeader("Prefer", "handling=lenient")
                .execute();
    }

    /** Reads the page behind a link of the server's. */
    Bundle page(String link) {
        return client.loadPage()
                .byUrl(link)
                .andReturnBundle(Bundle.class)
                .cacheControl(FhirServerSource.noCache())
                .execute();
    }

    /**
     * Returns the link to the next page, absolute; empty on the last page.
     *
     * @throws SourceException if it leads to another server
     */
    Optional<String> nextLink(Bundle bundle) {
        Bundle.BundleLinkComponent link = bundle.getLink(Bundle.LINK_NEXT);
        if (link == null || !link.hasUrl()) {
            return Optional.empty();
        }
        try {
            URI base = URI.create(FhirClients.withoutSlash(client.getServerBase()) + "/");
            URI next = base.resolve(link.getUrl());
            if (Origin.of(base).equals(Origin.of(next))) {
                return Optional.of(next.toString());
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("next link is no address", e);
        }
        throw new SourceException(
                SourceException.Reason.FOREIGN_LINK,
                false,
                Optional.empty(),
                client.getServerBase()
                        + ": its link to the next page leads to another server and is not followed, since credentials would go there;"
                        + " use the address under which the server knows itself, or correct the server's own base address",
                null);
    }
}
