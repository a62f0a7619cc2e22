package dev.ecgfhir.fhir.source;

import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import dev.ecgfhir.fhir.server.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;

/** The fake: the same promises as a server's, without a server. */
final class InMemoryRecordingSource implements RecordingSource {
    private static final int PAGE = 2;

    private final MemoryStore store;
    private final Duration overlap;

    InMemoryRecordingSource(MemoryStore store, Duration overlap) {
        this.store = store;
        this.overlap = overlap;
    }

    @Override
    public String base() {
        return "memory";
    }

    @Override
    public Cursor poll(Cursor from, Consumer<List<Found>> page) {
        Watermark watermark = new Watermark(from, Optional.empty());
        List<Found> found = store.all("Observation").stream()
                .map(Observation.class::cast)
                .filter(one -> from.watermark()
                        .map(start -> !stamp(one).isBefore(start.minus(overlap)))
                        .orElse(true))
                .map(watermark::see)
                .toList();
        for (int i = 0; i < found.size(); i += PAGE) {
            page.accept(found.subList(i, Math.min(i + PAGE, found.size())));
        }
        return watermark.cursor();
    }

    @Override
    public Cursor now() {
        Watermark watermark = new Watermark(Cursor.start(), Optional.empty());
        store.all("Observation").forEach(one -> watermark.see((Observation) one));
        return watermark.cursor();
    }

    @Override
    public List<Found> find(List<String> ids) {
        Watermark watermark = new Watermark(Cursor.start(), Optional.empty());
        return store.all("Observation").stream()
                .map(Observation.class::cast)
                .filter(one -> ids.contains(one.getIdElement().getIdPart()))
                .map(watermark::see)
                .toList();
    }

    @Override
    public Optional<Observation> read(Found found) {
        try {
            store.current(found.resource());
            return Optional.of((Observation)
                    store.version(found.resource(), found.versionId().orElseThrow()));
        } catch (ResourceGoneException | ResourceNotFoundException e) {
            return Optional.empty();
        }
    }

    private static Instant stamp(Resource resource) {
        return resource.getMeta().getLastUpdated().toInstant();
    }
}
