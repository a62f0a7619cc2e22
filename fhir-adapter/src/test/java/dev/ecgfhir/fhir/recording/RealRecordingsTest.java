package dev.ecgfhir.fhir.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealRecordingsTest {
    private static final Path FOLDER = Path.of("src/test/resources/recordings/fhir");

    @ParameterizedTest
    @CsvSource({"ptbxl_00002, 12, 500, 5000", "cinc_JS20011, 12, 500, 5000", "cinc17_A00027, 1, 300, 9000"})
    void read_whole(String name, int leads, double hertz, int samples) throws IOException {
        Recording recording = read(Files.readString(FOLDER.resolve(name + ".json")));
        assertThat(recording.leads()).hasSize(leads);
        assertThat(recording.flags()).isEmpty();
        for (RecordedLead lead : recording.leads().values()) {
            assertThat(lead.waveform().frequency().hertz()).isEqualTo(hertz);
            assertThat(lead.waveform().samples()).isEqualTo(samples);
            assertThat(Arrays.stream(lead.waveform().millivolts())).allMatch(v -> Math.abs(v) < 20);
        }
    }

    @Test
    void agree_with_a_plain_reading_of_the_same_text() throws IOException {
        String json = Files.readString(FOLDER.resolve("ptbxl_00002.json"));
        Recording recording = read(json);
        ResourceParser.Resource parsed = (ResourceParser.Resource) new ResourceParser().parse(json);
        Observation observation = (Observation) parsed.resource();
        assertThat(observation.getComponent()).hasSize(12);
        for (int lead = 0; lead < 12; lead++) {
            String[] words = observation
                    .getComponent()
                    .get(lead)
                    .getValueSampledData()
                    .getData()
                    .split(" ");
            Waveform waveform = recording.leads().get(Lead.twelve().get(lead)).waveform();
            for (int i = 0; i < words.length; i++) {
                assertThat(waveform.millivolts(i)).isEqualTo(Integer.parseInt(words[i]) / 1000.0);
            }
        }
    }

    @Test
    void are_the_same_in_the_other_name_of_the_code_system() throws IOException {
        String json = Files.readString(FOLDER.resolve("ptbxl_00002.json"));
        String other = json.replace(EcgObservation.MDC, EcgObservation.MDC_ISO);
        assertThat(other).isNotEqualTo(json);
        assertThat(read(other).contentHash()).isEqualTo(read(json).contentHash());
    }

    private static Recording read(String json) {
        ReadOutcome outcome = new ObservationReader(ReadOptions.defaults()).read(json, "test");
        if (outcome instanceof ReadOutcome.Read read) {
            return read.recording();
        }
        throw new AssertionError("expected a recording, was " + outcome);
    }
}
