package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.source.ArchiveSearch;
import dev.ecgfhir.ledger.Backfill;
import dev.ecgfhir.ledger.BackfillStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads an archive by searches for slices of time. The cursor is the slice; the page within it is only remembered. So after a kill, or
 * when the link to the next page has expired, the slice is read again from its beginning, which costs reading and gives no row twice.
 */
final class SearchReading implements ArchiveReading {
    private static final Logger LOG = LoggerFactory.getLogger(SearchReading.class);

    private final ArchiveSearch archive;
    private Optional<Slice> open = Optional.empty();
    private Optional<String> nextPage = Optional.empty();
    private int inSlice;

    SearchReading(ArchiveSearch archive) {
        this.archive = archive;
    }

    @Override
    public Stretch next(Backfill job) {
        Instant beginning = job.order().from().orElseThrow();
        Instant end = job.order().until().orElseThrow();
        Slice slice = open.orElseGet(() -> Slice.parse(job.cursor(), beginning));
        ArchiveSearch.Page page = page(slice, end);
        slice = open.orElseThrow();
        inSlice += page.found().size();
        nextPage = page.next();
        boolean last = false;
        if (nextPage.isEmpty()) {
            last = !slice.until(end).isBefore(end);
            slice = last ? slice : slice.next(inSlice);
            open = Optional.empty();
        }
        Instant reached = last ? end : slice.from();
        return new Stretch.Read(
                new BackfillStep(
                        Discoveries.of(archive.base(), page.found()),
                        0,
                        0,
                        slice.cursor(),
                        Duration.between(beginning, reached).toSeconds(),
                        Math.max(1, Duration.between(beginning, end).toSeconds())),
                last);
    }

    private ArchiveSearch.Page page(Slice slice, Instant end) {
        if (nextPage.isPresent()) {
            Optional<ArchiveSearch.Page> page = archive.next(nextPage.get());
            if (page.isPresent()) {
                return page.get();
            }
            LOG.info("a page link expired after {} ECGs; reading a shorter time from {} again", inSlice, slice.from());
            return first(slice.shorter(), end);
        }
        return first(slice, end);
    }

    private ArchiveSearch.Page first(Slice slice, Instant end) {
        nextPage = Optional.empty();
        open = Optional.empty(); // until it is read
        ArchiveSearch.Page page = archive.first(slice.from(), slice.until(end));
        open = Optional.of(slice);
        inSlice = 0;
        return page;
    }
}
