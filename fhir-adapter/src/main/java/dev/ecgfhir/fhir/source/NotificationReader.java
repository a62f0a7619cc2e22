package dev.ecgfhir.fhir.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;

/**
 * Reads notifications as they come: of whole resources no more than type and id, so that one with hours of waveforms takes no memory.
 *
 * <p>Understood are an empty body, one resource, and a Bundle whose first entry tells the status of the subscription: as Parameters
 * (Subscriptions R5 Backport in R4) or as SubscriptionStatus (R4B and R5). Safe to share between threads.
 *
 * <p>References: http://hl7.org/fhir/uv/subscriptions-backport, version 1.1.0, page "Notifications"; http://hl7.org/fhir/R5/subscriptionstatus.html.
 */
public final class NotificationReader {
    private static final JsonFactory JSON = new JsonFactory();

    /** FHIR R4, data type id. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");

    private final long most;

    /**
     * Makes a reader.
     *
     * @param most bytes that it reads of one notification
     */
    public NotificationReader(long most) {
        this.most = most;
    }

    /**
     * Reads one.
     *
     * @param body JSON or nothing; not closed
     * @throws NotificationException if it is too large or no JSON
     * @throws IOException if it breaks off
     */
    public Notification read(InputStream body) throws IOException {
        try (JsonParser json =
                JSON.createParser(new Bounded(body, most)).configure(JsonParser.Feature.AUTO_CLOSE_SOURCE, false)) {
            JsonToken first = json.nextToken();
            if (first == null) {
                return Notification.ping();
            }
            if (first != JsonToken.START_OBJECT) {
                throw notUnderstood();
            }
            return resource(json);
        } catch (JsonProcessingException e) {
            throw notUnderstood(); // without the parser's own words, which can hold what was sent
        }
    }

    /**
     * Reads a notification to its end without looking into it.
     *
     * @throws NotificationException if it is too large
     * @throws IOException if it breaks off
     */
    public void skip(InputStream body) throws IOException {
        new Bounded(body, most).transferTo(java.io.OutputStream.nullOutputStream());
    }

    private static NotificationException notUnderstood() {
        return new NotificationException(
                NotificationException.Reason.NOT_UNDERSTOOD,
                "a notification must be a FHIR resource in JSON, or empty");
    }

    private static Notification resource(JsonParser json) throws IOException {
        String type = "";
        String id = "";
        Map<?, ?> status = Map.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals("resourceType")) {
                type = json.getText();
            } else if (name.equals("id")) {
                id = json.getText();
            } else if (name.equals("entry") && json.currentToken() == JsonToken.START_ARRAY) {
                status = firstResource(json);
            } else {
                json.skipChildren();
            }
        }
        if (type.equals("Bundle")) {
            return StatusOfSubscription.read(status);
        }
        return type.equals("Observation") && !id.isEmpty() ? Notification.about(type + "/" + id) : Notification.ping();
    }

    /** Reads the resource of the first entry and passes over the others. */
    private static Map<?, ?> firstResource(JsonParser json) throws IOException {
        Map<?, ?> first = Map.of();
        for (int entry = 0; json.nextToken() == JsonToken.START_OBJECT; entry++) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (entry == 0 && name.equals("resource") && value(json) instanceof Map<?, ?> resource) {
                    first = resource;
                } else if (json.currentToken().isStructStart()) {
                    json.skipChildren();
                }
            }
        }
        return first;
    }

    private static @Nullable Object value(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            Map<String, @Nullable Object> object = new HashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                object.put(name, value(json));
            }
            return object;
        }
        if (json.currentToken() == JsonToken.START_ARRAY) {
            List<@Nullable Object> array = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(json));
            }
            return array;
        }
        return json.getText();
    }

    /** Returns the id of an Observation that a reference names; empty for anything else. */
    static Optional<String> id(String reference) {
        IdType id = new IdType(reference);
        return "Observation".equals(id.getResourceType())
                        && id.hasIdPart()
                        && ID.matcher(id.getIdPart()).matches()
                ? Optional.of(id.getIdPart())
                : Optional.empty();
    }

    /** The status of a subscription in its two forms. */
    private static final class StatusOfSubscription {
        private StatusOfSubscription() {}

        static Notification read(Map<?, ?> resource) {
            if ("SubscriptionStatus".equals(resource.get("resourceType"))) {
                return notification(
                        text(resource.get("type")),
                        text(resource.get("status")),
                        number(resource.get("eventsSinceSubscriptionStart")),
                        objects(resource.get("notificationEvent")).stream()
                                .map(event -> event(event.get("eventNumber"), event.get("focus")))
                                .toList());
            }
            if (!"Parameters".equals(resource.get("resourceType"))) {
                return Notification.ping();
            }
            List<Map<?, ?>> parameters = objects(resource.get("parameter"));
            return notification(
                    text(first(parameters, "type")),
                    text(first(parameters, "status")),
                    number(first(parameters, "events-since-subscription-start")),
                    parameters.stream()
                            .filter(one -> "notification-event".equals(one.get("name")))
                            .map(one -> objects(one.get("part")))
                            .map(parts -> event(first(parts, "event-number"), first(parts, "focus")))
                            .toList());
        }

        private static Notification notification(
                String type, String status, Optional<Long> count, List<Notification.Event> events) {
            Notification.Kind kind = switch (type) {
                case "handshake" -> Notification.Kind.HANDSHAKE;
                case "heartbeat", "query-status" -> Notification.Kind.HEARTBEAT;
                case "event-notification", "query-event" -> Notification.Kind.EVENTS;
                default -> Notification.Kind.PING;
            };
            String lower = status.toLowerCase(Locale.ROOT);
            return new Notification(kind, count, events, lower.equals("error") || lower.equals("off"));
        }

        private static Notification.Event event(@Nullable Object number, @Nullable Object focus) {
            Object reference = focus instanceof Map<?, ?> object ? object.get("reference") : null;
            return new Notification.Event(
                    number(number), reference instanceof String text ? id(text) : Optional.empty());
        }

        /** Returns the value of the first parameter of a name, whatever its type. */
        private static @Nullable Object first(List<Map<?, ?>> parameters, String name) {
            return parameters.stream()
                    .filter(one -> name.equals(one.get("name")))
                    .flatMap(one -> one.entrySet().stream())
                    .filter(field -> String.valueOf(field.getKey()).startsWith("value"))
                    .map(field -> (Object) field.getValue())
                    .findFirst()
                    .orElse(null);
        }

        private static List<Map<?, ?>> objects(@Nullable Object value) {
            List<Map<?, ?>> objects = new ArrayList<>();
            if (value instanceof List<?> list) {
                for (Object one : list) {
                    if (one instanceof Map<?, ?> object) {
                        objects.add(object);
                    }
                }
            }
            return objects;
        }

        private static String text(@Nullable Object value) {
            return value instanceof String text ? text : "";
        }

        private static Optional<Long> number(@Nullable Object value) {
            return value instanceof String text && text.matches("\\d{1,18}")
                    ? Optional.of(Long.valueOf(text))
                    : Optional.empty();
        }
    }

    /** Gives no more bytes than it may. */
    private static final class Bounded extends InputStream {
        private final InputStream from;
        private final long most;
        private long read;

        Bounded(InputStream from, long most) {
            this.from = from;
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int got = from.read(buffer, offset, length);
            read += Math.max(got, 0);
            if (read > most) {
                throw new NotificationException(
                        NotificationException.Reason.TOO_LARGE,
                        "a notification must have " + most + " bytes at most; ask for a payload of ids");
            }
            return got;
        }
    }
}
