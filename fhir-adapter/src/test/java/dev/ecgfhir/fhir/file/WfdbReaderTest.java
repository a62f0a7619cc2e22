package dev.ecgfhir.fhir.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.fhir.recording.Lead;
import dev.ecgfhir.fhir.recording.ReadOptions;
import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.fhir.recording.RecordedLead;
import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.fhir.recording.RefusalReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WfdbReaderTest {
    private static final Path RECORDINGS = Path.of("src/test/resources/recordings");
    private final WfdbReader reader = new WfdbReader(ReadOptions.defaults());

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"ptbxl_00002, 12, 500", "cinc17_A00027, 1, 300"})
    void reads_the_same_as_the_fhir_form_of_the_record(String name, int leads, double hertz) {
        Recording wfdb = recording(RECORDINGS.resolve("wfdb/" + name + ".hea"));
        Recording fhir = recording(RECORDINGS.resolve("fhir/" + name + ".json"));
        assertThat(wfdb.leads()).hasSize(leads);
        assertThat(wfdb.flags()).isEmpty();
        for (RecordedLead lead : wfdb.leads().values()) {
            assertThat(lead.waveform().frequency().hertz()).isEqualTo(hertz);
            assertThat(lead.waveform().millivolts())
                    .isEqualTo(fhir.leads().get(lead.lead()).waveform().millivolts());
        }
        assertThat(wfdb.contentHash()).isEqualTo(fhir.contentHash());
    }

    @Test
    void applies_gain_baseline_and_unit() throws IOException {
        write("r.dat", 100, 300, -32768);
        Recording recording = recording(header("r 1 500 3\nr.dat 16 2(100)/uV 16 0 100 0 0 Lead I\n"));
        assertThat(millivolts(recording, Lead.I)).containsExactly(0, 0.1, Double.NaN);
        assertThat(recording.flags()).containsExactly("CHECKSUM_NOT_VERIFIED");
    }

    @Test
    void takes_the_adc_zero_where_no_baseline_stands_and_millivolts_where_no_unit_does() throws IOException {
        write("r.dat", 1024, 1224);
        assertThat(millivolts(recording(header("r 1 500 2\nr.dat 16 200 11 1024 0 2248 0 I")), Lead.I))
                .containsExactly(0, 1);
    }

    @Test
    void reads_files_with_a_preamble_and_counts_samples_by_size() throws IOException {
        byte[] samples = samples(1, 2, 3, 4);
        byte[] file = new byte[24 + samples.length];
        System.arraycopy(samples, 0, file, 24, samples.length);
        Files.write(folder.resolve("r.mat"), file);
        Recording recording = recording(
                header("r 2 500\nr.mat 16x1+24 1000.0(0)/mV 16 0 1 4 0 I\nr.mat 16x1+24 1000.0(0)/mV 16 0 2 6 0 II\n"));
        assertThat(millivolts(recording, Lead.I)).containsExactly(0.001, 0.003);
        assertThat(millivolts(recording, Lead.II)).containsExactly(0.002, 0.004);
        assertThat(recording.flags()).isEmpty();
    }

    @Test
    void reads_two_samples_of_twelve_bits_from_three_bytes() throws IOException {
        Files.write(folder.resolve("p.dat"), HexFormat.of().parseHex("ff8700" + "051fff" + "aaeb23"));
        Recording recording =
                recording(header("r 2 500 3\np.dat 212 1000 12 0 0 686 0 I\np.dat 212 1000 12 0 0 -2014 0 II\n"));
        assertThat(millivolts(recording, Lead.I)).containsExactly(2.047, -0.251, -1.110);
        assertThat(millivolts(recording, Lead.II)).containsExactly(Double.NaN, 0.511, -0.477);
    }

    @Test
    void reads_a_last_sample_of_twelve_bits_that_has_no_second_one() throws IOException {
        Files.write(folder.resolve("p.dat"), HexFormat.of().parseHex("ff8700" + "0500"));
        assertThat(millivolts(recording(header("r 1 500\np.dat 212 1000 12 0 0 0 0 I")), Lead.I))
                .containsExactly(2.047, Double.NaN, 0.005);
    }

    @Test
    void a_file_of_twelve_bit_samples_must_have_the_length_that_the_header_says() throws IOException {
        Files.write(folder.resolve("p.dat"), new byte[6]);
        assertThat(reader.read(header("r 1 500 3\np.dat 212 1000 12 0 0 0 0 I")))
                .isInstanceOfSatisfying(
                        ReadOutcome.Refused.class,
                        refused -> assertThat(refused.detail()).contains("it has 6 bytes; expected 5"));
        assertThat(reader.read(header("r 2 500 2\np.dat 212 1000 12 0 0 0 0 I\np.dat 16 1000 16 0 0 0 0 II")))
                .isInstanceOfSatisfying(
                        ReadOutcome.Refused.class,
                        refused -> assertThat(refused.detail()).contains("several storage formats"));
    }

    @Test
    void reads_leads_from_several_files_and_leaves_out_other_signals() throws IOException {
        write("a.dat", 1, 7, 2, 7);
        write("b.dat", 3, 4);
        Recording recording = recording(
                header(
                        "r 3 500 2 10:00:00 24/11/2026\na.dat 16 1000 16 0 1 3 0 I\na.dat 16 5/mmHg 16 0 7 14 0 ABP\nb.dat 16 1000 16 0 3 7 0 II\n"));
        assertThat(millivolts(recording, Lead.II)).containsExactly(0.003, 0.004);
        assertThat(recording.flags()).containsExactly("UNRECOGNISED_WAVEFORMS:1");
        assertThat(recording.effective()).contains("2026-11-24");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BAD_DATA | r 1 500 2\\nr.dat 16 1000 16 0 1 4 0 I | the sum of its samples",
                "UNREADABLE | r 1 500 3\\nr.dat 16 1000 16 0 1 3 0 I | it has 4 bytes; expected 6",
                "UNREADABLE | r 1 500 1\\nr.dat 16 1000 16 0 1 3 0 I | it has 4 bytes; expected 2",
                "UNREADABLE | r 2 500 2\\nr.dat 16 1000 16 0 1 3 0 I | announces 2 signals, 1 signal lines follow",
                "UNREADABLE | r 1 500 2\\nnone.dat 16 1000 16 0 1 3 0 I | the data file of header signal 1 is not there",
                "UNREADABLE | r 1 500 2\\n../r.dat 16 1000 16 0 1 3 0 I | named with a path",
                "UNREADABLE | r 1 500 2\\n/etc/passwd 16 1000 16 0 1 3 0 I | named with a path",
                "UNREADABLE | r 1 500 2\\n.. 16 1000 16 0 1 3 0 I | named with a path",
                "UNREADABLE | r 1 500 2\\n- 16 1000 16 0 1 3 0 I | named with a path",
                "UNREADABLE | r 1 500 2\\nr.dat 16 | the line has 2 words",
                "UNREADABLE | r one 500 2\\nr.dat 16 1000 16 0 1 3 0 I | no number of signals",
                "UNREADABLE | r 1 500 many\\nr.dat 16 1000 16 0 1 3 0 I | no number of samples",
                "UNREADABLE | # only a comment | there is no record line",
                "NO_DATA | r 0 500 2 | the record has 0 signals",
                "UNSUPPORTED_FORM | r/3 1 500 2\\nr.dat 16 1000 16 0 1 3 0 I | several segments",
                "UNSUPPORTED_FORM | r 1 500 2\\nr.dat 310 1000 16 0 1 3 0 I | the storage format is 310; expected 16 or 212",
                "UNSUPPORTED_FORM | r 1 500 2\\nr.dat 16x2 1000 16 0 1 3 0 I | 2 samples in a frame",
                "UNSUPPORTED_FORM | r 1 500 2\\nr.dat 16:5 1000 16 0 1 3 0 I | skewed by 5",
                "BAD_SAMPLED_DATA | r 1 500 2\\nr.dat 16 0 16 0 1 3 0 I | not calibrated",
                "BAD_SAMPLED_DATA | r 1 500 2\\nr.dat 16 x 16 0 1 3 0 I | no gain",
                "BAD_UNIT | r 1 500 2\\nr.dat 16 1000/mmHg 16 0 1 3 0 I | no volt",
                "BAD_DATA | r 1 500 2\\nr.dat 16 1e-9 16 0 1 3 0 I | more than a kilovolt",
                "BAD_SAMPLING_FREQUENCY | r 1 100 2\\nr.dat 16 1000 16 0 1 3 0 I | the sampling frequency is 100 Hz",
                "BAD_SAMPLING_FREQUENCY | r 1 | there is no sampling frequency",
                "BAD_SAMPLING_FREQUENCY | r 1 0 2\\nr.dat 16 1000 16 0 1 3 0 I | no sampling frequency",
                "NO_KNOWN_LEAD | r 1 500 2\\nr.dat 16 1000 16 0 1 3 0 MLII | none of 1 signals",
                "TOO_LONG | r 1 500 4000001\\nr.dat 16 1000 16 0 1 3 0 I | limit for one recording"
            })
    void refuses_with_a_reason(RefusalReason reason, String header, String detail) throws IOException {
        write("r.dat", 1, 2);
        ReadOutcome outcome = reader.read(header(header.replace("\\n", "\n")));
        assertThat(outcome).isInstanceOfSatisfying(ReadOutcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.detail()).contains(detail).contains("expected");
        });
    }

    @Test
    void refuses_a_lead_that_stands_twice() throws IOException {
        write("r.dat", 1, 2, 3, 4);
        assertThat(reader.read(header("r 2 500 2\nr.dat 16 1000 16 0 1 4 0 I\nr.dat 16 1000 16 0 2 6 0 Lead I")))
                .isInstanceOfSatisfying(
                        ReadOutcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.CONFLICTING_LEAD));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damaged_headers_never_throw(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] good = Files.readAllBytes(RECORDINGS.resolve("wfdb/ptbxl_00002.hea"));
        Files.copy(RECORDINGS.resolve("wfdb/ptbxl_00002.dat"), folder.resolve("ptbxl_00002.dat"));
        int refused = 0;
        for (int round = 0; round < 500; round++) {
            byte[] damaged =
                    Arrays.copyOf(good, random.nextInt(8) == 0 ? 1 + random.nextInt(good.length) : good.length);
            for (int i = random.nextInt(6); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Path header = folder.resolve("damaged.hea");
            Files.write(header, damaged);
            ReadOutcome outcome = reader.read(header);
            assertThat(outcome).as("seed %d, round %d", seed, round).isNotNull();
            refused += outcome instanceof ReadOutcome.Refused ? 1 : 0;
        }
        assertThat(refused).isBetween(100, 499);
    }

    @Test
    void notices_every_changed_byte_of_the_data() throws IOException {
        Random random = new Random(5);
        byte[] good = Files.readAllBytes(RECORDINGS.resolve("wfdb/ptbxl_00002.dat"));
        Path header = Files.copy(RECORDINGS.resolve("wfdb/ptbxl_00002.hea"), folder.resolve("ptbxl_00002.hea"));
        for (int round = 0; round < 50; round++) {
            byte[] damaged = good.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(folder.resolve("ptbxl_00002.dat"), damaged);
            assertThat(reader.read(header))
                    .isInstanceOfSatisfying(
                            ReadOutcome.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.BAD_DATA));
        }
    }

    private Path header(String text) throws IOException {
        return Files.writeString(folder.resolve("r.hea"), text);
    }

    private void write(String name, int... values) throws IOException {
        Files.write(folder.resolve(name), samples(values));
    }

    private static byte[] samples(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return bytes.array();
    }

    private static double[] millivolts(Recording recording, Lead lead) {
        return recording.leads().get(lead).waveform().millivolts();
    }

    private static Recording recording(Path file) {
        try (Stream<FileEntry> entries = new RecordingFiles(ReadOptions.defaults()).open(file)) {
            ReadOutcome outcome = entries.findFirst().orElseThrow().outcome();
            if (outcome instanceof ReadOutcome.Read read) {
                return read.recording();
            }
            throw new AssertionError("expected a recording, was " + outcome);
        }
    }
}
