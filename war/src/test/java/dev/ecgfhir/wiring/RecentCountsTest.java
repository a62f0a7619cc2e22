package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.ledger.LedgerCounts;
import dev.ecgfhir.ledger.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecentCountsTest {
    private Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private Duration cost = Duration.ofMillis(1);
    private long counted;
    private final RecentCounts recent = new RecentCounts(this::count, new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    /** Counts as many rows as it was asked before, and takes its time. */
    private LedgerCounts count() {
        now = now.plus(cost);
        return new LedgerCounts(Map.of(State.DELIVERED, counted++));
    }

    @Test
    void are_of_one_instant_for_all_that_look_at_once_and_new_for_the_next_look() {
        assertThat(recent.counts()).isSameAs(recent.counts());
        now = now.plusSeconds(2);
        assertThat(recent.counts().delivered()).isZero();
        now = now.plusMillis(1);
        assertThat(recent.counts().delivered()).isEqualTo(1);
    }

    @Test
    void of_many_rows_are_used_for_a_hundred_times_as_long_as_counting_took() {
        cost = Duration.ofMillis(400);
        recent.counts();
        now = now.plusSeconds(40);
        assertThat(recent.counts().delivered()).isZero();
        now = now.plusMillis(1);
        assertThat(recent.counts().delivered()).isEqualTo(1);
    }
}
