package dev.ecgfhir.fhir.source;

import dev.ecgfhir.fhir.server.MemoryStore;
import java.time.Instant;

class InMemoryRecordingSourceTest extends RecordingSourceContract {
    private Instant now = NOON;
    private final MemoryStore store = new MemoryStore(() -> now);

    @Override
    MemoryStore store() {
        return store;
    }

    @Override
    void clock(Instant instant) {
        now = instant;
    }

    @Override
    RecordingSource source() {
        return new InMemoryRecordingSource(store, OVERLAP);
    }
}
