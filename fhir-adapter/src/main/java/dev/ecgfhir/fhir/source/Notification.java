package dev.ecgfhir.fhir.source;

import java.util.List;
import java.util.Optional;

/**
 * What a server told by a subscription. Only its ids and numbers are used: an ECG is read from the server itself.
 *
 * @param kind what it is about
 * @param eventsSinceStart how many events there have been since the subscription began; empty where the server does not count
 * @param events what happened
 * @param failed true if the server says that the subscription is in error or off
 */
public record Notification(Kind kind, Optional<Long> eventsSinceStart, List<Event> events, boolean failed) {
    /** What a notification is about. */
    public enum Kind {
        /** Something happened, and nothing says what. */
        PING,
        /** The server tries whether we can be reached. */
        HANDSHAKE,
        /** Nothing happened; the server is there. */
        HEARTBEAT,
        /** Something happened. */
        EVENTS
    }

    /**
     * Something that happened.
     *
     * @param number its number since the subscription began; empty where the server does not count
     * @param id id of the Observation; empty where the server does not say, or where it is no Observation
     */
    public record Event(Optional<Long> number, Optional<String> id) {}

    /** Copies the events. */
    public Notification {
        events = List.copyOf(events);
    }

    /** Returns a notification that says nothing but that something happened. */
    public static Notification ping() {
        return new Notification(Kind.PING, Optional.empty(), List.of(), false);
    }

    /**
     * Returns a notification about one resource.
     *
     * @param reference {@code Observation/7}, with or without base and version
     */
    public static Notification about(String reference) {
        return new Notification(
                Kind.EVENTS,
                Optional.empty(),
                List.of(new Event(Optional.empty(), NotificationReader.id(reference))),
                false);
    }

    /** Returns the ids of the Observations, each once. */
    public List<String> ids() {
        return events.stream().flatMap(event -> event.id().stream()).distinct().toList();
    }

    /** Tells whether something happened that it does not name. */
    public boolean leavesOpen() {
        if (kind != Kind.EVENTS) {
            return kind == Kind.PING;
        }
        return events.isEmpty() || events.stream().anyMatch(event -> event.id().isEmpty());
    }
}
