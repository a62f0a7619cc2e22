package dev.ecgfhir.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.fhir.source.Notification;
import dev.ecgfhir.fhir.source.Notification.Event;
import dev.ecgfhir.fhir.source.Notification.Kind;
import dev.ecgfhir.ledger.Subscriptions.Counted;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventNumbersTest {
    private static Notification of(Kind kind, long count, long... numbers) {
        return new Notification(
                kind,
                Optional.of(count),
                LongStream.of(numbers)
                        .mapToObj(number -> new Event(Optional.of(number), Optional.of("e" + number)))
                        .toList(),
                false);
    }

    @Test
    void the_next_numbers_are_no_gap_in_whatever_order() {
        assertThat(EventNumbers.after(4, of(Kind.EVENTS, 7, 7, 5, 6), true)).isEqualTo(new Counted(7, false));
    }

    @Test
    void a_number_passed_over_is_a_gap() {
        assertThat(EventNumbers.after(4, of(Kind.EVENTS, 6, 6), true)).isEqualTo(new Counted(6, true));
        assertThat(EventNumbers.after(4, of(Kind.EVENTS, 8, 5, 6), true)).isEqualTo(new Counted(8, true));
    }

    @Test
    void old_numbers_change_nothing() {
        assertThat(EventNumbers.after(4, of(Kind.EVENTS, 3, 3), true)).isEqualTo(new Counted(4, false));
    }

    @Test
    void a_heartbeat_tells_what_did_not_come_and_follows_a_count_that_began_anew() {
        assertThat(EventNumbers.after(4, of(Kind.HEARTBEAT, 4), true)).isEqualTo(new Counted(4, false));
        assertThat(EventNumbers.after(4, of(Kind.HEARTBEAT, 5), true)).isEqualTo(new Counted(5, true));
        assertThat(EventNumbers.after(4, of(Kind.HEARTBEAT, 0), true)).isEqualTo(new Counted(0, true));
    }

    @Test
    void a_handshake_begins_the_count() {
        assertThat(EventNumbers.after(4, of(Kind.HANDSHAKE, 0), true)).isEqualTo(new Counted(0, true));
    }

    @Test
    void what_could_not_be_stored_or_is_not_named_is_missing() {
        assertThat(EventNumbers.after(4, of(Kind.EVENTS, 5, 5), false)).isEqualTo(new Counted(5, true));
        assertThat(EventNumbers.after(4, Notification.ping(), true)).isEqualTo(new Counted(4, true));
    }
}
