package dev.ecgfhir.fhir.source;

import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;

/**
 * Searches a server for the ECGs that were recorded in a stretch of time, a page at a time at the caller's pace.
 *
 * <p>What has no time of recording is in no stretch. What lasts beyond the end of one is in the next one too: the receiver tells the same
 * version by resource and version. Safe to share between threads.
 */
public final class ArchiveSearch {
    private final SourceSearch search;
    private final AnswerHeaders answer;
    private final SourceQuery query;
    private final String base;

    ArchiveSearch(SourceSearch search, AnswerHeaders answer, SourceQuery query, String base) {
        this.search = search;
        this.answer = answer;
        this.query = query;
        this.base = base;
    }

    /**
     * A page.
     *
     * @param found its ECGs; may be empty on any page
     * @param next link to the next page; empty on the last one
     */
    public record Page(List<Found> found, Optional<String> next) {
        /** Copies the list. */
        public Page {
            found = List.copyOf(found);
        }
    }

    /** Returns the server's base address without a slash at its end. */
    public String base() {
        return base;
    }

    /**
     * Reads the first page of a stretch.
     *
     * @param from recorded at or after this instant
     * @param until recorded before this instant
     * @throws SourceException if the server cannot be read
     */
    public Page first(Instant from, Instant until) {
        Map<String, List<String>> stretch = Map.of("date", List.of("ge" + from, "lt" + until));
        return exchange("searching the archive of " + base, () -> page(search.first(stretch, query.pageSize())));
    }

    /**
     * Reads a further page.
     *
     * @param link of the page before
     * @return empty if the link has expired: the stretch has to be read from its beginning
     * @throws SourceException if the server cannot be read
     */
    public Optional<Page> next(String link) {
        return exchange("reading a page of " + base, () -> {
            try {
                return Optional.of(page(search.page(link)));
            } catch (ResourceGoneException | ResourceNotFoundException e) {
                return Optional.empty();
            }
        });
    }

    private Page page(Bundle bundle) {
        Watermark stamps = new Watermark(Cursor.start(), answer.date());
        List<Found> found = new ArrayList<>();
        for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
            if (entry.getResource() instanceof Observation observation
                    && entry.getSearch().getMode() != Bundle.SearchEntryMode.OUTCOME
                    && observation.hasId()) {
                found.add(stamps.see(observation));
            }
        }
        return new Page(found, search.nextLink(bundle));
    }

    private <T> T exchange(String what, Supplier<T> exchange) {
        try {
            return exchange.get();
        } catch (SourceException e) {
            throw e;
        } catch (RuntimeException e) {
            throw SourceException.of(what, answer.retryAfter(), e);
        }
    }
}
