package dev.ecgfhir.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.fhir.source.Notification;
import dev.ecgfhir.fhir.source.Notification.Event;
import dev.ecgfhir.fhir.source.Notification.Kind;
import dev.ecgfhir.fhir.source.SubscriptionOrder;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerEntry;
import dev.ecgfhir.ledger.State;
import dev.ecgfhir.ledger.SubscriptionState;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Subscriptions on a server over HTTP, which the test has become active, fail and be forgotten. */
class SubscriptionTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final String ENDPOINT = "https://ecg.example/notifications/hospital";

    @RegisterExtension
    final TestSite site = new TestSite();

    private FhirTestServer server;
    private Ledger ledger;
    private EcgRoutes routes;
    private Notifications notifications;

    @BeforeEach
    void open() {
        server = site.server();
        ledger = site.ledger();
    }

    private static SubscriptionConfig backport(Duration duration) {
        return backport(duration, Duration.ZERO);
    }

    private static SubscriptionConfig backport(Duration duration, Duration heartbeat) {
        return new SubscriptionConfig(
                SubscriptionOrder.Form.BACKPORT,
                ENDPOINT,
                Optional.of("https://hospital.example/topics/ecg"),
                SubscriptionOrder.Payload.ID_ONLY,
                heartbeat,
                duration,
                NEVER,
                Duration.ofMillis(50));
    }

    private void run(SubscriptionConfig subscription) throws Exception {
        SourceRouteConfig source = site.hospital()
                .every(Duration.ofMillis(50))
                .sweptEvery(NEVER, Duration.ZERO)
                .subscribed(subscription)
                .build();
        WorkConfig work = new WorkConfig(1, 1, Duration.ofMinutes(1), Duration.ofMillis(100));
        routes = site.run(new RoutesConfig(List.of(source), List.of(), work, TestSite.retries()), Ecgs.interpreter());
        notifications = routes.notifications();
    }

    private void runActive() throws Exception {
        runActive(Duration.ZERO);
    }

    private void runActive(Duration heartbeat) throws Exception {
        run(backport(NEVER, heartbeat));
        Until.holds(
                "a subscription is asked for",
                () -> !server.subscriptions.getStoredResources().isEmpty());
        set(SubscriptionStatus.ACTIVE);
        Until.holds(
                "it is in force, and what came before is found",
                () -> state().filter(
                                one -> one.standing() == SubscriptionState.Standing.ACTIVE && !one.searchIsWished())
                        .isPresent());
    }

    private Subscription asked() {
        return server.subscriptions.getStoredResources().get(0);
    }

    private void set(SubscriptionStatus status) {
        server.subscriptions.store(asked().copy().setStatus(status));
    }

    private Optional<SubscriptionState> state() {
        return ledger.subscriptions().find(server.url());
    }

    private String authorization() {
        return asked().getChannel().getHeader().get(0).getValue().replaceFirst("Authorization: ", "");
    }

    private boolean isKnown(String resource) {
        return ledger.find(server.url(), resource, "1").isPresent();
    }

    private static Notification event(long number, String id) {
        return new Notification(
                Kind.EVENTS, Optional.of(number), List.of(new Event(Optional.of(number), Optional.of(id))), false);
    }

    private Notifications.Answer notified(Notification notification) throws Exception {
        return notifications.take("hospital", authorization(), () -> notification);
    }

    @Test
    void what_is_notified_has_its_row_before_the_answer_and_is_reported_without_a_poll() throws Exception {
        runActive();
        int searches = server.observations.polls.get();
        server.observations.store(Ecgs.observation("1"));

        assertThat(notified(event(1, "1"))).isEqualTo(Notifications.Answer.ACCEPTED);
        assertThat(isKnown("Observation/1")).isTrue();
        Until.holds(
                "it is reported",
                () -> ledger.find(server.url(), "Observation/1", "1")
                                .map(LedgerEntry::state)
                                .orElseThrow()
                        == State.DELIVERED);
        assertThat(server.observations.polls).hasValue(searches + 1);
    }

    @Test
    void events_that_come_twice_or_late_change_nothing_and_what_is_no_ecg_gets_no_row() throws Exception {
        runActive();
        server.observations.store(Ecgs.observation("1"));
        server.observations.store(Ecgs.observation("2"));
        server.observations.store(Ecgs.observation("pulse").setCode(null));

        assertThat(notified(event(2, "2"))).isEqualTo(Notifications.Answer.ACCEPTED);
        assertThat(notified(event(1, "1"))).isEqualTo(Notifications.Answer.ACCEPTED);
        assertThat(notified(event(2, "2"))).isEqualTo(Notifications.Answer.ACCEPTED);
        assertThat(notified(event(3, "pulse"))).isEqualTo(Notifications.Answer.ACCEPTED);

        assertThat(ledger.counts().discovered()).isEqualTo(2);
        assertThat(state().orElseThrow().lastEvent()).isEqualTo(3);
    }

    @Test
    void a_number_that_was_passed_over_and_an_empty_notification_are_followed_by_a_search() throws Exception {
        runActive();
        server.observations.store(Ecgs.observation("1"));
        server.observations.store(Ecgs.observation("2"));
        notified(event(2, "2"));
        Until.holds("the one that was not told is found", () -> isKnown("Observation/1"));

        server.observations.store(Ecgs.observation("3"));
        assertThat(notified(Notification.ping())).isEqualTo(Notifications.Answer.ACCEPTED);
        Until.holds("what an empty one means is found", () -> isKnown("Observation/3"));
    }

    @Test
    void who_does_not_know_the_secret_or_the_subscription_is_refused_unread() throws Exception {
        runActive();
        Notifications.Body unread = () -> {
            throw new AssertionError("was read");
        };

        assertThat(notifications.take("hospital", "", unread)).isEqualTo(Notifications.Answer.NOT_ALLOWED);
        assertThat(notifications.take("hospital", authorization() + "0", unread))
                .isEqualTo(Notifications.Answer.NOT_ALLOWED);
        assertThat(notifications.take("elsewhere", authorization(), unread)).isEqualTo(Notifications.Answer.UNKNOWN);
    }

    @Test
    void a_notification_that_cannot_be_looked_up_is_not_accepted_and_not_lost() throws Exception {
        runActive();
        server.observations.store(Ecgs.observation("1"));
        String secret = authorization();
        server.failing(request -> 503);

        assertThat(notifications.take("hospital", secret, () -> event(1, "1"))).isEqualTo(Notifications.Answer.LATER);
        assertThat(isKnown("Observation/1")).isFalse();
        server.working();
        Until.holds("a search finds it", () -> isKnown("Observation/1"));
    }

    @Test
    void what_came_while_nobody_listened_is_found_at_the_start() throws Exception {
        runActive();
        site.stopRoutes();
        server.observations.store(Ecgs.observation("1"));
        run(backport(NEVER));

        Until.holds("the first search finds it", () -> isKnown("Observation/1"));
        assertThat(server.subscriptions.getStoredResources()).hasSize(1);
    }

    @Test
    void a_source_that_falls_silent_is_searched_as_without_a_subscription_and_asked_again() throws Exception {
        runActive(Duration.ofSeconds(1));
        server.observations.store(Ecgs.observation("1"));

        Until.holds("it is found, though nobody told", () -> isKnown("Observation/1"));
        Until.holds("the subscription is asked for again", () -> asked().getStatus() == SubscriptionStatus.REQUESTED);
    }

    @Test
    void a_heartbeat_keeps_a_source_from_being_silent() throws Exception {
        runActive(NEVER);
        Instant before = told().heardAt();

        notified(new Notification(Kind.HEARTBEAT, Optional.of(0L), List.of(), false));

        Until.holds("it is heard", () -> told().heardAt().isAfter(before));
        assertThat(told().inForce()).isTrue();
        assertThat(state().orElseThrow().searchIsWished()).isFalse();
    }

    private Lane.Told told() {
        return routes.lanes().stream()
                .flatMap(lane -> lane.told().stream())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(names = {"ERROR", "OFF"})
    void a_subscription_that_the_source_has_ended_or_forgotten_is_asked_for_again(SubscriptionStatus ended)
            throws Exception {
        runActive();
        set(ended);
        Until.holds("it is asked for again", () -> asked().getStatus() == SubscriptionStatus.REQUESTED);
        server.subscriptions.clear();
        Until.holds(
                "it is made again",
                () -> !server.subscriptions.getStoredResources().isEmpty());
    }

    @Test
    void a_subscription_is_renewed_before_it_ends() throws Exception {
        run(backport(Duration.ofSeconds(1)));
        Until.holds(
                "a subscription is asked for",
                () -> !server.subscriptions.getStoredResources().isEmpty());
        Date end = asked().getEnd();

        Until.holds("its end moves on", () -> asked().getEnd().after(end));
        assertThat(server.subscriptions.getStoredResources()).hasSize(1);
    }

    @Test
    void one_whose_answer_was_lost_is_taken_over() throws Exception {
        server.failing(request -> request.getMethod().equals("POST") ? -500 : 0);
        run(backport(NEVER));
        Until.holds(
                "a subscription is there, without our knowing",
                () -> !server.subscriptions.getStoredResources().isEmpty());
        server.working();
        Until.holds(
                "its id is known",
                () -> state().flatMap(SubscriptionState::resourceId).isPresent());

        assertThat(server.subscriptions.getStoredResources()).hasSize(1);
    }

    @Test
    void a_source_that_refuses_is_polled_as_ever() throws Exception {
        server.failing(request -> request.getMethod().equals("POST")
                        && String.valueOf(request.getPathInfo()).startsWith("/Subscription")
                ? 405
                : 0);
        run(backport(NEVER));
        Until.holds(
                "the refusal is noted",
                () -> state().filter(one -> one.standing() == SubscriptionState.Standing.REFUSED)
                        .isPresent());
        server.observations.store(Ecgs.observation("1"));

        Until.holds("it is found", () -> isKnown("Observation/1"));
    }
}
