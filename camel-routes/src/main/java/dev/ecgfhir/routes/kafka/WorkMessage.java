package dev.ecgfhir.routes.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ecgfhir.ledger.Publication;
import java.util.Locale;
import java.util.Optional;

/**
 * One row of the ledger as a message: ids alone, nothing of a patient. The row is the correlation id that stands in every node's logs.
 *
 * @param row the ledger's row
 * @param source the source's name
 * @param resource type and id
 * @param version the source's version
 * @param ticket tells this message from every other one of the row
 */
public record WorkMessage(long row, String source, String resource, String version, String ticket) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORM = 1;

    /** Makes the message of an offered row. */
    static WorkMessage of(String source, Publication offer) {
        return new WorkMessage(
                offer.entry().id(),
                source,
                offer.entry().resource(),
                offer.entry().version(),
                offer.ticket());
    }

    /** Returns the key that leads what belongs together into one partition, in order. Many patients share one. */
    static String key(Publication offer) {
        return String.format(Locale.ROOT, "%04x", offer.spread());
    }

    /** Returns the message as JSON. */
    public String text() {
        return JSON.createObjectNode()
                .put("form", FORM)
                .put("row", row)
                .put("source", source)
                .put("resource", resource)
                .put("version", version)
                .put("ticket", ticket)
                .toString();
    }

    /** Reads what {@link #text()} wrote; empty for anything else, fields of later forms aside. */
    public static Optional<WorkMessage> parse(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            boolean whole = node != null
                    && node.path("form").asInt() == FORM
                    && node.path("row").canConvertToLong()
                    && node.path("source").isTextual()
                    && node.path("resource").isTextual()
                    && node.path("version").isTextual()
                    && node.path("ticket").asText().matches("[0-9a-f]{32}");
            return whole
                    ? Optional.of(new WorkMessage(
                            node.path("row").asLong(),
                            node.path("source").asText(),
                            node.path("resource").asText(),
                            node.path("version").asText(),
                            node.path("ticket").asText()))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
