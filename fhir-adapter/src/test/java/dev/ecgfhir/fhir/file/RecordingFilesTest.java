package dev.ecgfhir.fhir.file;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import dev.ecgfhir.fhir.recording.IgnoreReason;
import dev.ecgfhir.fhir.recording.ReadOptions;
import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.fhir.recording.RefusalReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingFilesTest {
    private static final Path RECORDINGS = Path.of("src/test/resources/recordings");
    private final RecordingFiles files = new RecordingFiles(ReadOptions.defaults());
    private final IParser json = FhirContext.forR4Cached().newJsonParser();

    @TempDir
    Path folder;

    @Test
    void read_an_observation() {
        Path file = RECORDINGS.resolve("fhir/ptbxl_00002.json");
        FileEntry entry = only(file);
        assertThat(entry.input()).isEqualTo(file.toString());
        assertThat(entry.resource()).isEmpty();
        assertThat(entry.outcome()).isInstanceOfSatisfying(ReadOutcome.Read.class, read -> {
            assertThat(read.recording().leads()).hasSize(12);
            assertThat(read.recording().source().base()).isEqualTo("ptbxl_00002.json");
        });
    }

    @Test
    void read_every_observation_of_a_bundle_in_json_and_xml() throws IOException {
        Bundle bundle = bundle();
        for (String text : List.of(
                json.encodeResourceToString(bundle),
                FhirContext.forR4Cached().newXmlParser().encodeResourceToString(bundle))) {
            Path file = write("bundle.any", text);
            List<FileEntry> entries = all(file);
            assertThat(entries)
                    .extracting(FileEntry::resource)
                    .containsExactly(Optional.of("Observation/a"), Optional.of("Observation/b"));
            assertThat(entries.get(0).outcome()).isInstanceOf(ReadOutcome.Read.class);
            assertThat(entries.get(1).outcome())
                    .isInstanceOfSatisfying(
                            ReadOutcome.Ignored.class,
                            ignored -> assertThat(ignored.reason()).isEqualTo(IgnoreReason.NO_WAVEFORM));
        }
    }

    @Test
    void say_that_there_is_no_observation() throws IOException {
        assertThat(only(write("p.json", "{\"resourceType\":\"Patient\",\"id\":\"p\"}")))
                .isEqualTo(new FileEntry(
                        folder.resolve("p.json").toString(),
                        Optional.of("Patient/p"),
                        new ReadOutcome.Ignored(IgnoreReason.NOT_AN_OBSERVATION, "the resource is a Patient")));
        assertThat(only(write("b.json", "{\"resourceType\":\"Bundle\",\"type\":\"collection\"}"))
                        .outcome())
                .isEqualTo(new ReadOutcome.Ignored(
                        IgnoreReason.NOT_AN_OBSERVATION, "the Bundle has 0 entries and no Observation among them"));
    }

    @Test
    void read_ndjson_line_by_line_and_go_on_after_a_bad_one() throws IOException {
        String good = json.encodeResourceToString(observation());
        Path file = write("export.ndjson", good + "\n\n{damaged\r\n" + good + "\n{\"resourceType\":\"Patient\"}");
        List<FileEntry> entries = all(file);
        assertThat(entries).hasSize(4);
        assertThat(entries.get(0).outcome()).isInstanceOf(ReadOutcome.Read.class);
        assertThat(entries.get(1).outcome()).isInstanceOfSatisfying(ReadOutcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(RefusalReason.UNREADABLE);
            assertThat(refused.element()).isEqualTo("line 3, document");
            assertThat(refused.detail()).doesNotContain("damaged\r");
        });
        assertThat(entries.get(2).outcome()).isInstanceOf(ReadOutcome.Read.class);
        assertThat(entries.get(3).outcome()).isInstanceOf(ReadOutcome.Ignored.class);
    }

    @Test
    void read_ndjson_lazily() throws IOException {
        String good = json.encodeResourceToString(observation());
        Path file = write("export.ndjson", (good + "\n").repeat(3));
        try (Stream<FileEntry> entries = files.open(file)) {
            Iterator<FileEntry> iterator = entries.iterator();
            assertThat(iterator.next().outcome()).isInstanceOf(ReadOutcome.Read.class);
            Files.writeString(
                    file, (good + "\n").repeat(3).replace("131329", "131330")); // longer than the reader's buffer
            int count = 1;
            while (iterator.hasNext()) {
                iterator.next();
                count++;
            }
            assertThat(count).isEqualTo(3);
        }
    }

    @Test
    void refuse_a_line_that_is_not_utf_8() throws IOException {
        Path file = folder.resolve("x.ndjson");
        Files.write(file, new byte[] {'{', (byte) 0xFF, '}', '\n'});
        assertThat(refusal(file))
                .isEqualTo(new ReadOutcome.Refused(
                        RefusalReason.UNREADABLE, "line 1", "the line is not UTF-8; expected a FHIR resource"));
    }

    @Test
    void refuse_lines_longer_than_the_limit_and_go_on() throws IOException {
        byte[] text = ("a".repeat(50) + "\n{}\n").getBytes(StandardCharsets.UTF_8);
        try (NdjsonLines lines = new NdjsonLines(new java.io.ByteArrayInputStream(text), 20)) {
            assertThat(lines.next().orElseThrow().damage()).contains("the line has 50 bytes; expected at most 20");
            assertThat(lines.next().orElseThrow().text()).isEqualTo("{}");
            assertThat(lines.next()).isEmpty();
        }
    }

    @Test
    void refuse_ndjson_under_another_name_rather_than_read_its_first_line_only() throws IOException {
        String good = json.encodeResourceToString(observation());
        assertThat(refusal(write("export.json", good + "\n" + good)).reason()).isEqualTo(RefusalReason.UNREADABLE);
    }

    @Test
    void refuse_missing_files_folders_and_other_content() throws IOException {
        assertThat(refusal(folder.resolve("none.json")))
                .isEqualTo(new ReadOutcome.Refused(
                        RefusalReason.UNREADABLE,
                        "file",
                        "there is no such file; expected FHIR JSON or XML, NDJSON or a WFDB header"));
        assertThat(refusal(folder).reason()).isEqualTo(RefusalReason.UNREADABLE);
        Path binary = folder.resolve("scan.json");
        Files.write(binary, new byte[] {(byte) 0x89, 'P', 'N', 'G', (byte) 0xFF, (byte) 0xFE});
        assertThat(refusal(binary))
                .isEqualTo(new ReadOutcome.Refused(RefusalReason.UNREADABLE, "file", "the file is not UTF-8"));
        assertThat(refusal(write("empty.json", "")).reason()).isEqualTo(RefusalReason.UNREADABLE);
        assertThat(refusal(write("text.txt", "hello")).reason()).isEqualTo(RefusalReason.UNREADABLE);
    }

    @Test
    void read_an_empty_ndjson_file_as_nothing() throws IOException {
        assertThat(all(write("empty.ndjson", "\n \n"))).isEmpty();
    }

    private static Observation observation() {
        Observation observation = new Observation();
        observation.setId("a");
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation
                .getCode()
                .addCoding()
                .setSystem("urn:oid:2.16.840.1.113883.6.24")
                .setCode("131329");
        org.hl7.fhir.r4.model.SampledData data = new org.hl7.fhir.r4.model.SampledData();
        data.getOrigin().setValue(0).setSystem("http://unitsofmeasure.org").setCode("uV");
        observation.setValue(data.setPeriod(2).setDimensions(1).setData("10 20 30 ".repeat(20_000)));
        return observation;
    }

    private static Bundle bundle() {
        Bundle bundle = new Bundle().setType(Bundle.BundleType.COLLECTION);
        bundle.addEntry().setResource(new Patient().setActive(true));
        bundle.addEntry().setResource(observation());
        Observation impression = new Observation();
        impression.setId("b");
        bundle.addEntry().setResource(impression.setStatus(Observation.ObservationStatus.FINAL));
        return bundle;
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private List<FileEntry> all(Path file) {
        try (Stream<FileEntry> entries = files.open(file)) {
            return entries.toList();
        }
    }

    private FileEntry only(Path file) {
        List<FileEntry> entries = all(file);
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    private ReadOutcome.Refused refusal(Path file) {
        if (only(file).outcome() instanceof ReadOutcome.Refused refused) {
            return refused;
        }
        throw new AssertionError("expected a refusal, was " + only(file));
    }
}
