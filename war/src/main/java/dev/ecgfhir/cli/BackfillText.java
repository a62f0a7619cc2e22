package dev.ecgfhir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Backfills in words. */
final class BackfillText {
    private BackfillText() {}

    /** Tells where one stands, in a line. */
    static String line(JsonNode job) {
        StringBuilder line = new StringBuilder("backfill ")
                .append(job.get("id").asLong())
                .append(" of ")
                .append(job.get("source").asText())
                .append(", ")
                .append(job.get("kind").asText().toLowerCase(Locale.ROOT));
        if (!job.get("from").isNull()) {
            line.append(" from ").append(job.get("from").asText());
        }
        if (!job.get("until").isNull()) {
            line.append(" until ").append(job.get("until").asText());
        }
        line.append(": ").append(job.get("state").asText().toLowerCase(Locale.ROOT));
        if (!job.get("fraction").isNull()) {
            line.append(String.format(
                    Locale.ROOT,
                    ", %.0f %%",
                    Math.floor(100 * job.get("fraction").asDouble())));
        }
        line.append(", ").append(counts(job));
        if (!job.get("reason").isNull()) {
            line.append("; ").append(reason(job));
        }
        return line.toString();
    }

    static String reason(JsonNode job) {
        return job.get("reason").asText() + ": " + job.get("detail").asText();
    }

    static String counts(JsonNode job) {
        long bad = job.get("bad").asLong();
        return String.format(
                        Locale.ROOT,
                        "%,d ECGs, %,d new",
                        job.get("found").asLong(),
                        job.get("discovered").asLong())
                + (bad == 0 ? "" : String.format(Locale.ROOT, ", %,d lines unreadable", bad));
    }
}
