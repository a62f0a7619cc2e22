package dev.ecgfhir.fhir.report;

import static dev.ecgfhir.fhir.report.Contents.atrialFibrillation;
import static dev.ecgfhir.fhir.report.Contents.content;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportValidationTest {
    private static final FhirContext R4 = FhirContext.forR4();
    private static final Validation VALIDATION = new Validation(R4);

    static Stream<Named<ReportContent>> contents() {
        return Stream.of(
                Named.of("three findings", atrialFibrillation().build()),
                Named.of("no finding", content().build()));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void every_bundle_is_valid(ReportContent content) {
        for (Optional<String> target : List.of(
                Optional.<String>empty(),
                Optional.of(Contents.BASE),
                Optional.of("https://results.example.org/fhir"))) {
            Bundle bundle = new ReportWriter(R4, ReportOptions.defaults()).transaction(content, target);
            assertThat(VALIDATION.complaints(bundle)).isEmpty();
            for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
                assertThat(VALIDATION.complaints(entry.getResource())).isEmpty();
            }
        }
    }
}
