package dev.ecgfhir.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ecgfhir.ledger.Backfill;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the commands tell about backfills, as JSON; docs/command-line.md has its fields. */
public final class BackfillDocument {
    private BackfillDocument() {}

    /** Makes that of one. */
    public static ObjectNode of(Backfill job) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("id", job.id())
                .put("source", job.order().source())
                .put("kind", job.order().kind().name())
                .put("from", text(job.order().from()))
                .put("until", text(job.order().until()))
                .put("rate", job.order().rate())
                .put("state", job.state().name())
                .put("reason", job.reason().orElse(null))
                .put("detail", job.detail().orElse(null))
                .put("fraction", job.fraction().orElse(null))
                .put("found", job.counts().found())
                .put("discovered", job.counts().discovered())
                .put("passed", job.counts().passed())
                .put("bad", job.counts().bad())
                .put("createdAt", job.createdAt().toString())
                .put("updatedAt", job.updatedAt().toString())
                .put("finishedAt", text(job.finishedAt()));
        return document;
    }

    /** Makes that of several. */
    public static ArrayNode of(List<Backfill> jobs) {
        ArrayNode documents = JsonNodeFactory.instance.arrayNode();
        jobs.forEach(job -> documents.add(of(job)));
        return documents;
    }

    private static @Nullable String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }
}
