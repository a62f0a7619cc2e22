package dev.ecgfhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminologyExportTest {
    @TempDir
    Path folder;

    @Test
    void prints_the_files_that_it_wrote() throws IOException {
        Path output = folder.resolve("a/b");
        CommandRun run = CommandRun.of("terminology", "export", "--output", output);
        assertThat(run.code()).as(run.err()).isZero();
        List<Path> files = run.out().lines().map(Path::of).toList();
        assertThat(files)
                .contains(
                        output.resolve("CodeSystem-ecgfounder-labels.json"),
                        output.resolve("ConceptMap-ecgfounder-labels-to-snomed-ct.json"))
                .anyMatch(file -> String.valueOf(file.getFileName()).startsWith("ValueSet-"))
                .allSatisfy(file -> assertThat(file).exists());
        assertThat(Files.readString(files.get(0))).contains("\"resourceType\": \"CodeSystem\"");
    }

    @Test
    void fails_where_it_cannot_write() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        CommandRun run = CommandRun.of("terminology", "export", "--output", file);
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains(file.toString()).doesNotContain("\tat ");
    }
}
