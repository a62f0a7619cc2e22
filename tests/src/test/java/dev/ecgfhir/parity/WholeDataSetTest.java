package dev.ecgfhir.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.ecgfhir.pipeline.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All recordings of the directory that {@code -Decg.data=DIR} names: {@code wfdb12} and {@code wfdb1}. Skipped without it. */
class WholeDataSetTest {
    @Test
    void every_real_recording_is_interpreted_or_refused_for_a_stated_reason() throws IOException {
        String data = System.getProperty("ecg.data", "");
        assumeFalse(data.isBlank(), "no -Decg.data=DIR was given");
        Map<String, String> refused = new TreeMap<>();
        Map<String, List<String>> suspected = new TreeMap<>();
        int interpreted = 0;

        try (DemonstrationReading reading = new DemonstrationReading()) {
            for (Path file : headers(Path.of(data))) {
                Outcome outcome = reading.outcome(file);
                String name = file.getFileName().toString();
                if (outcome instanceof Outcome.Interpreted done) {
                    interpreted++;
                    List<String> flags = done.interpretation().flags().stream()
                            .filter(flag -> flag.startsWith("LEAD_REVERSAL") || flag.startsWith("SILENT_WINDOW"))
                            .toList();
                    if (!flags.isEmpty()) {
                        suspected.put(name, flags);
                    }
                } else if (outcome instanceof Outcome.Refused no) {
                    refused.put(name, no.reason());
                }
            }
        }

        assertThat(interpreted).isGreaterThan(400);
        // its chest leads V1 to V6 are flat, as its publishers noted
        assertThat(refused).containsExactlyEntriesOf(Map.of("cinc_JS45544.hea", "FLAT_LEADS"));
        // two with a lead II against V5 and V6, one whose chest leads do not follow each other; the rates:
        // docs/reading-ecgs.md
        assertThat(suspected).as("suspicions").containsOnlyKeys("cinc_Q0398.hea", "ptbxl_00190.hea", "ptbxl_00497.hea");
    }

    private static List<Path> headers(Path data) throws IOException {
        try (Stream<Path> twelve = Files.list(data.resolve("wfdb12"));
                Stream<Path> one = Files.list(data.resolve("wfdb1"))) {
            return Stream.concat(twelve, one)
                    .filter(file -> file.toString().endsWith(".hea"))
                    .sorted()
                    .toList();
        }
    }
}
