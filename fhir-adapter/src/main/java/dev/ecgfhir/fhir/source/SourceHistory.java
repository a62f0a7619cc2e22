package dev.ecgfhir.fhir.source;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from {@code Observation/_history} what was deleted, which no search shows. Whether the server has that history its
 * CapabilityStatement tells, which is asked once. Safe to share between threads.
 *
 * <p>The history of a type has no filter by code, so it brings every Observation; that is why versions are found by search and only
 * deletions here, and why id and meta alone are asked for (a server may send more).
 */
final class SourceHistory {
    private static final Logger LOG = LoggerFactory.getLogger(SourceHistory.class);

    private final IGenericClient client;
    private final SourceSearch search;
    private final AnswerHeaders answer;
    private final SourceQuery query;
    private volatile @Nullable Boolean offered;

    SourceHistory(IGenericClient client, SourceSearch search, AnswerHeaders answer, SourceQuery query) {
        this.client = client;
        this.search = search;
        this.answer = answer;
        this.query = query;
    }

    Cursor deletions(Cursor from, Consumer<List<Found>> page) {
        if (from.watermark().isEmpty() || !isOffered()) {
            return from;
        }
        Bundle bundle = first(from.watermark().get().minus(query.overlap()));
        Optional<Instant> asked = answer.date();
        while (true) {
            List<Found> deleted = deleted(bundle, asked);
            if (!deleted.isEmpty()) {
                page.accept(deleted);
            }
            Optional<String> next = search.nextLink(bundle);
            if (next.isEmpty()) {
                // all that the server had when it was first asked; without its clock the look begins at the same place
                // again
                return asked.filter(from.watermark().get()::isBefore)
                        .map(Cursor::from)
                        .orElse(from);
            }
            bundle = search.page(next.get());
        }
    }

    private Bundle first(Instant since) {
        return client.loadPage()
                .byUrl(client.getServerBase() + "/Observation/_history?_since=" + since + "&_count=" + query.pageSize()
                        + "&_elements=id,meta")
                .andReturnBundle(Bundle.class)
                .cacheControl(FhirServerSource.noCache())
                .execute();
    }

    private boolean isOffered() {
        Boolean known = offered;
        if (known == null) {
            CapabilityStatement statement =
                    client.capabilities().ofType(CapabilityStatement.class).execute();
            known = statement.getRest().stream()
                    .flatMap(rest -> rest.getResource().stream())
                    .filter(resource -> "Observation".equals(resource.getType()))
                    .flatMap(resource -> resource.getInteraction().stream())
                    .anyMatch(one -> one.getCode() == TypeRestfulInteraction.HISTORYTYPE);
            offered = known;
            if (!known) {
                LOG.info(
                        "{} says of no history of Observations; what is deleted there is seen only when its ECG is read",
                        client.getServerBase());
            }
        }
        return known;
    }

    private static List<Found> deleted(Bundle bundle, Optional<Instant> asked) {
        List<Found> deleted = new ArrayList<>();
        for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
            if (entry.getRequest().getMethod() != Bundle.HTTPVerb.DELETE) {
                continue;
            }
            IdType id = new IdType(entry.getRequest().getUrl());
            if (!id.hasIdPart()) {
                id = new IdType(entry.getFullUrl());
            }
            if (id.hasIdPart() && Observation.class.getSimpleName().equals(id.getResourceType())) {
                Date stamp = entry.getResponse().getLastModified();
                Instant when = stamp == null ? asked.orElse(Instant.EPOCH) : stamp.toInstant();
                deleted.add(new Found("Observation/" + id.getIdPart(), version(entry, id, when), when));
            }
        }
        return deleted;
    }

    private static String version(Bundle.BundleEntryComponent entry, IdType id, Instant when) {
        if (id.hasVersionIdPart()) {
            return id.getVersionIdPart();
        }
        String etag = String.valueOf(entry.getResponse().getEtag()).replaceAll("^W/|\"", "");
        return entry.getResponse().hasEtag() && etag.matches("[A-Za-z0-9.-]{1,64}")
                ? etag
                : Found.NOT_A_VERSION_ID + "deleted-" + when;
    }
}
