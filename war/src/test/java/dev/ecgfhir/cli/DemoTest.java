package dev.ecgfhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.wiring.RunningServer;
import dev.ecgfhir.wiring.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private List<DemoRow> run(List<DemoRecording> recordings) throws IOException, InterruptedException {
        RunningServer server = TestServer.server();
        PrintStream messages = new PrintStream(err, true, StandardCharsets.UTF_8);
        Console console = new Console(messages, messages);
        return new Demo(server.fhirUrl(), server.ledger(), Clock.systemUTC(), new DemoProgress(console, false))
                .run(recordings);
    }

    @Test
    void shows_what_a_client_reads_and_why_a_recording_was_refused() throws IOException, InterruptedException {
        DemoRecording good = DemoRecording.bundled().get(3);
        DemoRecording withoutPeriod = new DemoRecording(
                "without_period", "none", "none", good.observation().replaceAll("\"period\": \\d+,", ""));
        List<DemoRow> rows = run(List.of(good, withoutPeriod));

        assertThat(rows.get(0).outcome()).isEqualTo("reported");
        assertThat(rows.get(0).isGood()).isTrue();
        assertThat(rows.get(0).report().orElseThrow().findings()).anySatisfy(finding -> {
            assertThat(finding.text()).isEqualTo("Atrial fibrillation");
            assertThat(finding.snomed()).contains("164889003");
            assertThat(finding.score()).isBetween(0.5, 1.0);
        });
        assertThat(rows.get(0).interpretedAfter()).isPresent();
        assertThat(rows.get(0).deliveredAfter()).isPresent();

        assertThat(rows.get(1).outcome()).isEqualTo("refused NO_PERIOD");
        assertThat(rows.get(1).isGood()).isTrue();
        assertThat(rows.get(1).report()).isEmpty();

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("finished 2/2");
        assertThat(DemoTable.lines(rows))
                .anyMatch(line -> line.matches("ptbxl_00330 +\\| normal ecg; atrial +\\| .*\\| reported +\\|.*"))
                .anyMatch(line -> line.contains("164889003"))
                .anyMatch(line -> line.matches("without_period \\| none +\\|.*\\| refused +\\|.*"));
    }

    @Test
    void bundles_thirteen_recordings_with_their_labels() {
        List<DemoRecording> recordings = DemoRecording.bundled();
        assertThat(recordings).hasSize(13);
        assertThat(recordings).allSatisfy(recording -> {
            assertThat(recording.labels()).isNotBlank();
            assertThat(recording.observation()).contains("\"resourceType\": \"Observation\"", recording.name());
        });
    }

    @Test
    void wraps_between_words_and_never_drops_one() {
        assertThat(DemoTable.wrap("one two three", 7)).containsExactly("one two", "three");
        assertThat(DemoTable.wrap("unbreakable", 3)).containsExactly("unbreakable");
        assertThat(DemoTable.wrap("", 3)).containsExactly("");
    }
}
