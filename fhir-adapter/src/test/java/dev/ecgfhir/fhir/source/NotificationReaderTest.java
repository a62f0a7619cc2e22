package dev.ecgfhir.fhir.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ecgfhir.fhir.source.Notification.Event;
import dev.ecgfhir.fhir.source.Notification.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Notifications built as the Subscriptions R5 Backport, version 1.1.0, and R5 describe them. */
class NotificationReaderTest {
    private final NotificationReader reader = new NotificationReader(10_000);

    private Notification read(String body) throws IOException {
        return reader.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String backport(String type, String events, String entries) {
        return """
                {"resourceType":"Bundle","type":"history","entry":[{"fullUrl":"urn:uuid:b21e4fae-ce73-45cb-8e37-1e203362b2ae",
                "resource":{"resourceType":"Parameters","parameter":[
                {"name":"subscription","valueReference":{"reference":"https://hospital.example/fhir/Subscription/7"}},
                {"name":"topic","valueCanonical":"https://hospital.example/topics/ecg"},
                {"name":"status","valueCode":"active"},
                {"name":"type","valueCode":"%s"},
                {"name":"events-since-subscription-start","valueString":"12"}%s]},
                "request":{"method":"GET","url":"https://hospital.example/fhir/Subscription/7/$status"},
                "response":{"status":"200"}}%s]}""".formatted(type, events, entries);
    }

    private static String event(int number, String focus) {
        return """
                ,{"name":"notification-event","part":[{"name":"event-number","valueString":"%d"},
                {"name":"timestamp","valueInstant":"2026-11-28T06:00:00Z"},
                {"name":"focus","valueReference":{"reference":"%s"}}]}""".formatted(number, focus);
    }

    @Test
    void reads_ids_and_numbers_of_the_backport() throws IOException {
        String body = backport(
                "event-notification",
                event(11, "https://hospital.example/fhir/Observation/a") + event(12, "Observation/b/_history/3"),
                "");

        assertThat(read(body))
                .isEqualTo(new Notification(
                        Kind.EVENTS,
                        Optional.of(12L),
                        List.of(
                                new Event(Optional.of(11L), Optional.of("a")),
                                new Event(Optional.of(12L), Optional.of("b"))),
                        false));
    }

    @Test
    void passes_over_whole_resources() throws IOException {
        String body = backport(
                "event-notification",
                event(12, "Observation/a"),
                ",{\"fullUrl\":\"https://hospital.example/fhir/Observation/a\",\"resource\":{\"resourceType\":\"Observation\","
                        + "\"id\":\"other\",\"component\":[{\"valueSampledData\":{\"data\":\"1 2 3\"}}]}}");

        assertThat(read(body).ids()).containsExactly("a");
    }

    @Test
    void knows_handshake_and_heartbeat_and_a_subscription_that_failed() throws IOException {
        assertThat(read(backport("handshake", "", "")).kind()).isEqualTo(Kind.HANDSHAKE);
        assertThat(read(backport("heartbeat", "", "")).eventsSinceStart()).contains(12L);
        assertThat(read(backport("heartbeat", "", "").replace("\"active\"", "\"error\""))
                        .failed())
                .isTrue();
    }

    @Test
    void reads_a_status_of_r5() throws IOException {
        Notification notification = read("""
                {"entry":[{"resource":{"resourceType":"SubscriptionStatus","status":"active","type":"event-notification",
                "eventsSinceSubscriptionStart":"3","notificationEvent":[{"eventNumber":"3","focus":{"reference":"Observation/a"}}]}}],
                "type":"subscription-notification","resourceType":"Bundle"}""");

        assertThat(notification.ids()).containsExactly("a");
        assertThat(notification.eventsSinceStart()).contains(3L);
    }

    @Test
    void an_empty_one_and_one_of_another_kind_say_only_that_something_happened() throws IOException {
        assertThat(read("")).isEqualTo(Notification.ping());
        assertThat(read("{\"resourceType\":\"Patient\",\"id\":\"a\"}")).isEqualTo(Notification.ping());
        assertThat(read("{\"resourceType\":\"Bundle\",\"entry\":[]}")).isEqualTo(Notification.ping());
        assertThat(read("{\"id\":\"a\",\"resourceType\":\"Observation\"}").ids())
                .containsExactly("a");
    }

    @Test
    void an_id_that_would_change_the_search_is_none() {
        assertThat(Notification.about("Observation/a,b").ids()).isEmpty();
        assertThat(Notification.about("Observation/a,b").leavesOpen()).isTrue();
        assertThat(Notification.about("Patient/a").ids()).isEmpty();
    }

    @Test
    void refuses_what_is_too_large_or_no_json() {
        assertThatThrownBy(() -> read("[\"" + "x".repeat(20_000)))
                .isInstanceOfSatisfying(
                        NotificationException.class,
                        e -> assertThat(e.reason()).isEqualTo(NotificationException.Reason.NOT_UNDERSTOOD));
        assertThatThrownBy(() -> read("{\"a\":\"" + "x".repeat(20_000) + "\"}"))
                .isInstanceOfSatisfying(
                        NotificationException.class,
                        e -> assertThat(e.reason()).isEqualTo(NotificationException.Reason.TOO_LARGE));
        assertThatThrownBy(() -> read("<Bundle/>"))
                .hasMessage("a notification must be a FHIR resource in JSON, or empty");
        assertThatThrownBy(() -> reader.skip(new ByteArrayInputStream(new byte[20_000])))
                .isInstanceOf(NotificationException.class);
    }
}
