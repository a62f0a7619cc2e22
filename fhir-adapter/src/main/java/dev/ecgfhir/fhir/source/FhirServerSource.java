package dev.ecgfhir.fhir.source;

import ca.uhn.fhir.rest.api.CacheControlDirective;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A FHIR R4 server as a source, polled by {@code _lastUpdated}.
 *
 * <p>The rules, each for a way in which rows got lost elsewhere:
 *
 * <ul>
 *   <li>The watermark comes from {@code meta.lastUpdated}, never runs ahead of the server's own Date header (one node with a fast clock
 *       would hide what the others write), and never comes from our clock.
 *   <li>Each poll begins an overlap before the watermark, since a row bears the time at which its transaction began and is visible when
 *       it ends. Repetitions are the receiver's to tell by resource and version.
 *   <li>Only the server's own next links are followed. One that has expired starts the search again; order and shuffling do not matter,
 *       since the watermark moves only after the last page.
 *   <li>Pages hold id, meta and subject only, so that a page of waveforms never has to fit into memory.
 * </ul>
 *
 * <p>Safe to share between threads.
 */
public final class FhirServerSource implements RecordingSource {
    private static final Logger LOG = LoggerFactory.getLogger(FhirServerSource.class);
    private static final int RESTARTS = 3;
    private static final String FAR_FUTURE = "2200-01-01";
    private static final String SUBSETTED = "SUBSETTED";

    private final IGenericClient client;
    private final String base;
    private final SourceQuery query;
    private final SourceSearch search;
    private final AnswerHeaders answer;
    private final SourceHistory history;
    private final Absence absence;

    /**
     * Reads from a server.
     *
     * @param client for example of {@link FhirClients#client}; an interceptor that reads headers is added to it
     * @param query what is asked for
     */
    public FhirServerSource(IGenericClient client, SourceQuery query) {
        this.client = client;
        this.base = FhirClients.withoutSlash(client.getServerBase());
        this.query = query;
        this.search = new SourceSearch(client, query);
        this.answer = AnswerHeaders.of(client);
        this.history = new SourceHistory(client, search, answer, query);
        this.absence = new Absence(search, base);
    }

    @Override
    public String base() {
        return base;
    }

    @Override
    public Cursor poll(Cursor from, Consumer<List<Found>> page) {
        for (int attempt = 0; attempt <= RESTARTS; attempt++) {
            Optional<Cursor> end = attempt(from, page);
            if (end.isPresent()) {
                return end.get();
            }
            LOG.info("{}: a page link expired, searching again from the cursor", base);
        }
        throw new SourceException(
                SourceException.Reason.LINKS_EXPIRE,
                true,
                Optional.empty(),
                base + ": page links expired " + (RESTARTS + 1)
                        + " times before the last page; the receiver may be too slow for the server, or the page size too small",
                null);
    }

    @Override
    public Cursor now() {
        Map<String, List<String>> nothing = Map.of("_lastUpdated", List.of("ge" + FAR_FUTURE));
        exchange("asking " + base + " for its time", () -> search.first(nothing, 1));
        return answer.date()
                .map(Cursor::from)
                .orElseThrow(() -> new SourceException(
                        SourceException.Reason.BAD_ANSWER,
                        false,
                        Optional.empty(),
                        base + " does not tell its time (header Date), so that 'now' has no meaning there;"
                                + " read it from its beginning",
                        null));
    }

    /** Returns the same server as an archive, asked with the same query. */
    public ArchiveSearch archive() {
        return new ArchiveSearch(search, answer, query, base);
    }

    @Override
    public List<Found> find(List<String> ids) {
        return exchange("searching " + base + " by ids", () -> {
            Bundle bundle = search.first(Map.of("_id", List.of(String.join(",", ids))), ids.size());
            Watermark watermark = new Watermark(Cursor.start(), answer.date());
            List<Found> found = new ArrayList<>(found(bundle, watermark));
            Optional<String> next = search.nextLink(bundle);
            while (next.isPresent()) {
                bundle = search.page(next.get());
                found.addAll(found(bundle, watermark));
                next = search.nextLink(bundle);
            }
            return found;
        });
    }

    @Override
    public Cursor deletions(Cursor from, Consumer<List<Found>> page) {
        return exchange("reading the history of " + base, () -> history.deletions(from, page));
    }

    /** Follows one search to its end; empty if a page link expired before. */
    private Optional<Cursor> attempt(Cursor from, Consumer<List<Found>> page) {
        Bundle bundle = exchange("searching " + base, () -> search.first(from));
        Watermark watermark = new Watermark(from, answer.date());
        while (true) {
            List<Found> found = found(bundle, watermark);
            if (!found.isEmpty()) {
                page.accept(found);
            }
            Optional<String> next = search.nextLink(bundle);
            if (next.isEmpty()) {
                return Optional.of(watermark.cursor());
            }
            Optional<Bundle> following = following(next.get());
            if (following.isEmpty()) {
                return Optional.empty();
            }
            bundle = following.get();
        }
    }

    private Optional<Bundle> following(String link) {
        try {
            return Optional.of(search.page(link));
        } catch (ResourceGoneException | ResourceNotFoundException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            throw failure("reading a page of " + base, e);
        }
    }

    private List<Found> found(Bundle bundle, Watermark watermark) {
        List<Found> rows = new ArrayList<>();
        for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
            if (!(entry.getResource() instanceof Observation observation)
                    || entry.getSearch().getMode() == Bundle.SearchEntryMode.OUTCOME) {
                continue; // an OperationOutcome of the search itself
            }
            if (!observation.hasId()) {
                LOG.warn("{}: a search result without an id cannot be read and is passed over", base);
                continue;
            }
            rows.add(watermark.see(observation));
        }
        return rows;
    }

    @Override
    public Optional<Observation> read(Found found) {
        Optional<Observation> version = found.versionId().flatMap(id -> readVersion(found, id));
        if (version.isPresent() && !isSubsetted(version.get())) {
            return version;
        }
        Optional<Observation> current = readCurrent(found);
        return current.isPresent() && !isSubsetted(current.get()) ? current : version.or(() -> current);
    }

    @Override
    public boolean isDeleted(Found found) {
        try {
            client.read()
                    .resource(Observation.class)
                    .withId(found.id())
                    .cacheControl(noCache())
                    .execute();
            return false;
        } catch (ResourceGoneException e) {
            return true;
        } catch (ResourceNotFoundException e) {
            return false;
        } catch (RuntimeException e) {
            throw failure("reading " + found.resource() + " of " + base, e);
        }
    }

    private static boolean isSubsetted(Observation observation) {
        return observation.getMeta().getTag().stream().anyMatch(tag -> SUBSETTED.equals(tag.getCode()));
    }

    private Optional<Observation> readVersion(Found found, String version) {
        try {
            return Optional.of(client.read()
                    .resource(Observation.class)
                    .withIdAndVersion(found.id(), version)
                    .cacheControl(noCache())
                    .execute());
        } catch (BaseServerResponseException e) {
            int status = e.getStatusCode();
            if (status == 400 || status == 404 || status == 405 || status == 410 || status == 501) {
                return Optional.empty(); // no vread here, or this version is gone: the current one will tell
            }
            throw failure("reading " + found.resource() + " version " + version + " of " + base, e);
        } catch (RuntimeException e) {
            throw failure("reading " + found.resource() + " version " + version + " of " + base, e);
        }
    }

    private Optional<Observation> readCurrent(Found found) {
        Observation current;
        try {
            current = client.read()
                    .resource(Observation.class)
                    .withId(found.id())
                    .cacheControl(noCache())
                    .execute();
        } catch (ResourceGoneException e) {
            return Optional.empty();
        } catch (ResourceNotFoundException e) {
            return exchange("searching " + base + " for " + found.resource(), () -> {
                absence.confirm(found);
                return Optional.empty();
            });
        } catch (RuntimeException e) {
            throw failure("reading " + found.resource() + " of " + base, e);
        }
        return Watermark.versionOf(current).equals(found.version()) ? Optional.of(current) : Optional.empty();
    }

    private <T> T exchange(String what, Supplier<T> exchange) {
        try {
            return exchange.get();
        } catch (RuntimeException e) {
            throw failure(what, e);
        }
    }

    private SourceException failure(String what, RuntimeException cause) {
        return cause instanceof SourceException ours ? ours : SourceException.of(what, answer.retryAfter(), cause);
    }

    static CacheControlDirective noCache() {
        return new CacheControlDirective().setNoCache(true);
    }
}
