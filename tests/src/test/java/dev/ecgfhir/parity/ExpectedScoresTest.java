package dev.ecgfhir.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ecgfhir.inference.Scores;
import dev.ecgfhir.inference.Thresholds.Rule;
import dev.ecgfhir.pipeline.Interpretation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * From FHIR JSON and WFDB to the scores of the demonstration weights: reading, gate, filters, windows and network together. What the
 * numbers are, and why they may differ by 1e-4: {@code parity/README.md}.
 */
class ExpectedScoresTest {
    private static final double TOLERANCE = 1e-4;

    @TempDir
    private static Path directory;

    private static DemonstrationReading reading;
    private static double largest;

    @BeforeAll
    static void load() {
        reading = new DemonstrationReading();
    }

    @AfterAll
    static void close() {
        reading.close();
        LoggerFactory.getLogger(ExpectedScoresTest.class).info("largest difference of a score: {}", largest);
    }

    static Stream<Map.Entry<String, JsonNode>> recordings() throws IOException {
        return ParityRecordings.expected().properties().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordings")
    void scores_of_every_window_equal_the_reference(Map.Entry<String, JsonNode> recording) throws IOException {
        JsonNode expected = recording.getValue();

        Interpretation interpretation = reading.interpreted(ParityRecordings.copied(recording.getKey(), directory));

        assertThat(interpretation.model().leads())
                .isEqualTo(expected.get("leads").intValue());
        assertThat(interpretation.windows()).hasSize(expected.get("windows").size());
        List<Rule> assessed = interpretation.thresholds().rules().stream()
                .filter(Rule::assessed)
                .toList();
        for (int w = 0; w < interpretation.windows().size(); w++) {
            compare(interpretation.windows().get(w), expected.get("windows").get(w), assessed);
        }
    }

    @Test
    void the_recordings_are_the_18_that_the_table_names() throws IOException {
        assertThat(recordings()).hasSize(18);
    }

    private static void compare(Scores scores, JsonNode expected, List<Rule> assessed) {
        Set<String> named = new HashSet<>();
        expected.fieldNames().forEachRemaining(named::add);
        assertThat(assessed).extracting(rule -> rule.label().name()).containsExactlyInAnyOrderElementsOf(named);
        List<String> wrong = new ArrayList<>();
        for (Rule rule : assessed) {
            double score = scores.score(rule.label().index());
            double reference = expected.get(rule.label().name()).doubleValue();
            largest = Math.max(largest, Math.abs(score - reference));
            if (!(Math.abs(score - reference) <= TOLERANCE)) {
                wrong.add(rule.label().name() + ": expected " + reference + ", found " + score);
            }
        }
        assertThat(wrong).isEmpty();
    }
}
