package dev.ecgfhir.fhir.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ecgfhir.fhir.recording.ReadOptions;
import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.fhir.recording.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads every recording of the larger set that {@code -Decg.data=DIR} names. */
class WholeDataSetTest {
    private static final Logger LOG = LoggerFactory.getLogger(WholeDataSetTest.class);

    private static final String SKIPPED =
            "SKIPPED: the larger set of recordings is not read; give its directory with -Decg.data=DIR";
    private final RecordingFiles files = new RecordingFiles(ReadOptions.defaults());
    private Path data = Path.of("");

    @BeforeEach
    void findData() {
        String folder = System.getProperty("ecg.data", "");
        if (folder.isBlank()) {
            LOG.warn(SKIPPED);
        }
        assumeThat(folder).as(SKIPPED).isNotBlank();
        data = Path.of(folder);
    }

    @ParameterizedTest
    @CsvSource({"wfdb12, .hea, 12", "wfdb1, .hea, 1"})
    void reads_every_wfdb_record(String folder, String suffix, int leads) throws IOException {
        List<Path> headers = list(data.resolve(folder), suffix);
        assertThat(headers).isNotEmpty();
        Map<String, List<String>> others = new TreeMap<>();
        int read = 0;
        for (Path header : headers) {
            ReadOutcome outcome = read(header);
            if (outcome instanceof ReadOutcome.Read done) {
                assertThat(done.recording().leads()).as(header.toString()).hasSize(leads);
                read++;
            } else {
                others.computeIfAbsent(outcome.toString(), none -> new ArrayList<>())
                        .add(header.getFileName().toString());
            }
        }
        LOG.info("{}: {} of {} records read", folder, read, headers.size());
        assertThat(others).isEmpty();
    }

    @Test
    void reads_every_fhir_observation_as_its_wfdb_twin() throws IOException {
        List<Path> observations = list(data.resolve("fhir"), ".json");
        assertThat(observations).isNotEmpty();
        for (Path file : observations) {
            String name = file.getFileName().toString().replace(".json", ".hea");
            Path twin = Stream.of("wfdb12", "wfdb1")
                    .map(folder -> data.resolve(folder).resolve(name))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
            Recording fhir = ((ReadOutcome.Read) read(file)).recording();
            Recording wfdb = ((ReadOutcome.Read) read(twin)).recording();
            assertThat(fhir.contentHash()).as(file.toString()).isEqualTo(wfdb.contentHash());
        }
        LOG.info("fhir: {} Observations read, each equal to its WFDB record", observations.size());
    }

    private ReadOutcome read(Path file) {
        try (Stream<FileEntry> entries = files.open(file)) {
            return entries.collect(Collectors.toList()).get(0).outcome();
        }
    }

    private static List<Path> list(Path folder, String suffix) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
