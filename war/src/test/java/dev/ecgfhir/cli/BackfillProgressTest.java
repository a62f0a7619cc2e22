package dev.ecgfhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BackfillProgressTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Console console = new Console(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(written, true, StandardCharsets.UTF_8));
    private final AtomicLong nanos = new AtomicLong();

    private static JsonNode job(double fraction, int found, int discovered) {
        ObjectNode job = JsonNodeFactory.instance.objectNode();
        job.put("fraction", fraction);
        job.put("found", found);
        job.put("discovered", discovered);
        job.put("bad", 0);
        job.putNull("reason");
        job.putNull("detail");
        return job;
    }

    private static JsonNode waiting(double fraction, int found) {
        return ((ObjectNode) job(fraction, found, found))
                .put("reason", "QUEUE_FULL")
                .put("detail", "10 wait");
    }

    private String written() {
        String text = written.toString(StandardCharsets.UTF_8);
        written.reset();
        return text;
    }

    @Test
    void a_terminal_shows_a_bar_with_the_rate_and_the_time_left_since_the_command_began() {
        BackfillProgress progress = new BackfillProgress(console, true, job(0.25, 1000, 900), nanos::get);
        nanos.set(Duration.ofMinutes(2).toNanos());
        progress.show(job(0.5, 3000, 2800));

        assertThat(written())
                .isEqualTo(
                        "\r[###############               ]  50 %  3,000 ECGs, 2,800 new, 1,000 a minute, 4 min left\u001b[K");

        progress.show(waiting(0.5, 3000));
        assertThat(written()).startsWith("\r[####").contains(", QUEUE_FULL: 10 wait");
    }

    @Test
    void elsewhere_there_is_a_line_for_each_tenth_and_for_each_wait() {
        BackfillProgress progress = new BackfillProgress(console, false, job(0, 0, 0), nanos::get);
        for (int percent = 0; percent <= 30; percent += 5) {
            progress.show(job(percent / 100.0, percent, percent));
        }
        progress.show(waiting(0.3, 30));
        progress.show(waiting(0.3, 30));

        assertThat(written().lines())
                .containsExactly(
                        "  0 %  0 ECGs, 0 new",
                        " 10 %  10 ECGs, 10 new",
                        " 20 %  20 ECGs, 20 new",
                        " 30 %  30 ECGs, 30 new",
                        " 30 %  30 ECGs, 30 new, QUEUE_FULL: 10 wait");
    }

    @Test
    void what_cannot_be_known_is_not_shown() {
        ObjectNode job = (ObjectNode) job(0, 7, 7);
        job.putNull("fraction");
        BackfillProgress progress = new BackfillProgress(console, true, job, nanos::get);
        nanos.set(Duration.ofSeconds(60).toNanos());
        progress.show(job);

        assertThat(written()).doesNotContain("%", "left").contains("7 ECGs, 7 new, 0 a minute");
    }
}
