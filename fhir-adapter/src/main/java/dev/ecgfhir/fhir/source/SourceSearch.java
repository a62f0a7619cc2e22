package dev.ecgfhir.fhir.source;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.gclient.IQuery;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.NotImplementedOperationException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    /** Forms of the request, from the best to the one that every server with {@code _lastUpdated} takes. */
    private enum Form {
        SORTED_AND_SLIM,
        SLIM,
        PLAIN
    }

    private final IGenericClient client;
    private final SourceQuery query;
    private volatile Form form = Form.SORTED_AND_SLIM;

    SourceSearch(IGenericClient client, SourceQuery query) {
        this.client = client;
        this.query = query;
    }

    /** Asks for the first page. */
    Bundle first(Cursor from) {
        for (Form candidate = form; ; candidate = Form.values()[candidate.ordinal() + 1]) {
            try {
                Bundle bundle = first(from, candidate);
                form = candidate;
                return bundle;
            } catch (InvalidRequestException | NotImplementedOperationException e) {
                if (candidate == Form.PLAIN) {
                    throw e;
                }
                LOG.info("{} refuses a {} search; asking more simply", client.getServerBase(), candidate);
            }
        }
    }

    private Bundle first(Cursor from, Form candidate) {
        Map<String, List<String>> parameters = new LinkedHashMap<>(query.parameters());
        from.watermark()
                .ifPresent(
                        watermark -> parameters.put("_lastUpdated", List.of("ge" + watermark.minus(query.overlap()))));
        parameters.put("_count", List.of(String.valueOf(query.pageSize())));
        if (candidate == Form.SORTED_AND_SLIM) {
            parameters.put("_sort", List.of("_lastUpdated"));
        }
        if (candidate != Form.PLAIN) {
            parameters.put("_elements", List.of("id,meta"));
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
            if (sameServer(base, next)) {
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

    private static boolean sameServer(URI base, URI next) {
        return Objects.equals(base.getScheme(), next.getScheme())
                && base.getHost() != null
                && base.getHost().equalsIgnoreCase(next.getHost())
                && port(base) == port(next);
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equals(address.getScheme()) ? 443 : 80;
    }
}
