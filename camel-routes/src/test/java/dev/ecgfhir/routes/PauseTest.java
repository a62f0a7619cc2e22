package dev.ecgfhir.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.ledger.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PauseTest {
    private final MovableClock clock = new MovableClock();
    private final Pause pause = new Pause(new RetryConfig(Duration.ofSeconds(1), Duration.ofSeconds(60), 5), clock);

    private Duration failAgain(Optional<Duration> requested) {
        clock.move(Duration.ofMillis(1));
        Instant begun = clock.instant();
        return Duration.between(begun, pause.failed(begun, requested));
    }

    private Duration failAgain() {
        return failAgain(Optional.empty());
    }

    @Test
    void is_over_before_anything_failed() {
        assertThat(pause.isOver()).isTrue();
    }

    @Test
    void doubles_with_each_failure_up_to_the_longest_and_a_fifth() {
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            assertThat(failAgain())
                    .describedAs("pause of %d s", seconds)
                    .isBetween(Duration.ofSeconds(seconds), Duration.ofMillis(seconds * 1200L));
            clock.move(Duration.ofMillis(seconds * 1200L));
            assertThat(pause.isOver()).isTrue();
        }
    }

    @Test
    void lasts_until_its_end() {
        Duration length = failAgain();
        clock.move(length.minusNanos(1_000));
        assertThat(pause.isOver()).isFalse();
        clock.move(Duration.ofNanos(1_000));
        assertThat(pause.isOver()).isTrue();
    }

    @Test
    void lets_one_caller_try_when_it_is_over_and_all_when_that_one_succeeded() {
        clock.move(failAgain());
        assertThat(pause.mayCall()).isTrue();
        assertThat(pause.mayCall()).as("while the first one tries").isFalse();

        clock.move(failAgain());
        assertThat(pause.mayCall()).as("after that one failed too").isTrue();
        assertThat(pause.mayCall()).isFalse();
        pause.succeeded();
        assertThat(pause.mayCall()).isTrue();
        assertThat(pause.mayCall()).isTrue();
    }

    @Test
    void lets_the_next_caller_try_if_the_first_one_had_nothing_to_do() {
        clock.move(failAgain());
        assertThat(pause.mayCall()).isTrue();
        clock.move(Duration.ofSeconds(1));
        assertThat(pause.mayCall()).isTrue();
    }

    @Test
    void begins_anew_after_a_success() {
        failAgain();
        failAgain();
        pause.succeeded();
        assertThat(pause.isOver()).isTrue();
        assertThat(pause.failures()).isZero();
        assertThat(failAgain()).isLessThanOrEqualTo(Duration.ofMillis(1200));
    }

    @Test
    void counts_workers_that_run_into_one_outage_together_once() {
        Instant begun = clock.instant();
        clock.move(Duration.ofSeconds(30)); // all wait for the same time limit
        for (int worker = 0; worker < 8; worker++) {
            pause.failed(begun, Optional.empty());
        }
        assertThat(pause.failures()).isEqualTo(1);
    }

    @Test
    void lasts_as_long_as_the_server_asks() {
        assertThat(failAgain(Optional.of(Duration.ofMinutes(10)))).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void lasts_an_hour_at_most_whatever_the_server_asks() {
        assertThat(failAgain(Optional.of(Duration.ofDays(365)))).isEqualTo(Duration.ofHours(1));
    }
}
