package dev.ecgfhir.fhir.report;

import static dev.ecgfhir.fhir.report.Contents.atrialFibrillation;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Keeps the example of docs/reports.md up to date: run with {@code -Dexamples.update=true} to write it anew. */
class ExampleTest {
    private static final Path EXAMPLE = Path.of("..", "docs", "examples", "report-transaction.json");

    @Test
    void the_example_is_what_the_writer_writes_today() throws IOException {
        FhirContext context = FhirContext.forR4();
        ReportContent content = atrialFibrillation()
                .score("ATRIAL FLUTTER", 0.21)
                .scoredOnly("ATRIAL FLUTTER")
                .notAssessed("ACUTE MI")
                .flags("DERIVED_LEADS:III, aVR, aVL, aVF")
                .build();
        String example = context.newJsonParser()
                        .setPrettyPrint(true)
                        .encodeResourceToString(new ReportWriter(context, ReportOptions.defaults())
                                .transaction(content, Optional.of(Contents.BASE)))
                + "\n";
        if (Boolean.getBoolean("examples.update")) {
            Files.createDirectories(EXAMPLE.getParent());
            Files.writeString(EXAMPLE, example);
        }
        assertThat(Files.readString(EXAMPLE)).isEqualTo(example);
    }
}
