package dev.ecgfhir.inference.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class SharedTeamTest {
    @Test
    void each_piece_of_each_round_is_done_once_and_before_the_round_ends() {
        try (SharedTeam team = new SharedTeam(3)) {
            Team borrowed = team.borrow();
            for (int round = 0; round < 20_000; round++) {
                int pieces = 2 + round % 7;
                AtomicIntegerArray done = new AtomicIntegerArray(pieces);
                borrowed.each(pieces, done::incrementAndGet);
                for (int i = 0; i < pieces; i++) {
                    assertThat(done.get(i)).as("round %d, piece %d", round, i).isEqualTo(1);
                }
            }
            team.giveBack(borrowed);
        }
    }

    @Test
    void helpers_really_help() {
        try (SharedTeam team = new SharedTeam(2)) {
            CountDownLatch both = new CountDownLatch(2);
            team.borrow().each(2, piece -> {
                both.countDown();
                await(both); // ends only if each piece has a thread of its own
            });
            assertThat(both.getCount()).isZero();
        }
    }

    @Test
    void a_second_caller_works_alone() {
        try (SharedTeam team = new SharedTeam(2)) {
            Team first = team.borrow();
            assertThat(first).isSameAs(team);
            assertThat(team.borrow()).isSameAs(Team.ALONE);
            team.giveBack(Team.ALONE);
            assertThat(team.borrow()).isSameAs(Team.ALONE);
            team.giveBack(first);
            assertThat(team.borrow()).isSameAs(team);
        }
    }

    @Test
    void a_failure_of_any_piece_is_thrown_when_all_have_ended_and_forgotten_then() {
        try (SharedTeam team = new SharedTeam(2)) {
            AtomicInteger ended = new AtomicInteger();
            assertThatThrownBy(() -> team.borrow().each(8, piece -> {
                        ended.incrementAndGet();
                        if (piece == 3) {
                            throw new IllegalArgumentException("piece 3");
                        }
                    }))
                    .hasMessageContaining("piece 3");
            assertThat(ended).hasValue(8);
            team.each(8, piece -> ended.incrementAndGet());
            assertThat(ended).hasValue(16);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
