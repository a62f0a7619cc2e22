package dev.ecgfhir.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** With clocks that the passes move. */
class RaceTest {
    private static final long MILLISECOND = 1_000_000;

    private long clock;
    private long wall;
    private int runs;

    @Test
    void a_model_that_becomes_faster_while_java_compiles_is_waited_for() {
        assertThat(race(() -> takes(40), () -> takes(runs++ < 20 ? 90 - 2 * runs : 25)))
                .containsExactly(40 * MILLISECOND, 25 * MILLISECOND);
    }

    @Test
    void a_model_whose_kernels_are_compiled_late_is_waited_for() {
        assertThat(race(() -> takes(40), () -> takes(runs++ < 15 ? 90 : 25)))
                .containsExactly(40 * MILLISECOND, 25 * MILLISECOND);
    }

    @Test
    void time_in_which_others_have_the_processor_does_not_count() {
        assertThat(race(() -> takes(40), () -> {
                    takes(25);
                    wall += 400 * MILLISECOND;
                }))
                .containsExactly(40 * MILLISECOND, 25 * MILLISECOND);
    }

    @Test
    void a_model_that_stays_much_slower_is_given_up() {
        race(() -> takes(20), () -> {
            runs++;
            takes(1000 - runs);
        });

        assertThat(runs).isLessThanOrEqualTo(7);
    }

    @Test
    void a_machine_on_which_nothing_ends_does_not_hold_up_the_start_for_ever() {
        List<Long> times = race(() -> takes(40), () -> {
            takes(30);
            wall += 20_000 * MILLISECOND;
        });

        assertThat(times).containsExactly(40 * MILLISECOND, 30 * MILLISECOND);
        assertThat(wall).isLessThan(60_000 * MILLISECOND);
    }

    private void takes(long milliseconds) {
        clock += milliseconds * MILLISECOND;
        wall += milliseconds * MILLISECOND;
    }

    private List<Long> race(Runnable... passes) {
        return new Race(() -> clock, () -> wall)
                .run(Stream.of(passes)
                        .map(pass -> new Race.Entrant(pass, pass == passes[1]))
                        .toList());
    }
}
