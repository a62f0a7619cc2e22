package dev.ecgfhir.fhir.report;

import static dev.ecgfhir.fhir.report.Contents.atrialFibrillation;
import static dev.ecgfhir.fhir.report.Contents.content;
import static dev.ecgfhir.fhir.report.Contents.logical;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportValidationTest {
    private static final FhirContext R4 = FhirContext.forR4Cached();
    private static final ReportWriter WRITER = new ReportWriter(R4, ReportOptions.defaults());
    private static final Validation VALIDATION = new Validation(R4);

    static Stream<Named<ReportContent>> contents() {
        return Stream.of(
                Named.of("three findings", atrialFibrillation().build()),
                Named.of("no finding", content().build()),
                Named.of(
                        "demonstration weights, most labels not assessed",
                        atrialFibrillation()
                                .demonstration()
                                .notAssessed(Contents.LABELS.stream().skip(90))
                                .scoredOnly("ATRIAL FLUTTER")
                                .flags("FLAT_LEAD:V6", "SHORT", "DERIVED_LEADS:III <&>")
                                .build()),
                Named.of(
                        "one lead, 30 s, positive in single windows, a wider code",
                        content()
                                .oneLead()
                                .seconds(30)
                                .finding(new ReportFinding(
                                        Contents.index("ATRIAL FIBRILLATION"),
                                        "ATRIAL FIBRILLATION",
                                        "Atrial fibrillation",
                                        0.75,
                                        OptionalDouble.of(0.9),
                                        0.5,
                                        true,
                                        "critical",
                                        "wider",
                                        List.of(new ReportCoding(
                                                "http://snomed.info/sct", "49436004", "Atrial fibrillation")),
                                        List.of(new Stretch(10, 30)),
                                        Map.of()))
                                .build()),
                Named.of("a file without id", content().fromFile("ecg.ndjson").build()),
                Named.of(
                        "no patient, no time",
                        content().withoutLinks().withoutTime().build()),
                Named.of(
                        "a patient by identifier, a period",
                        content()
                                .subject(logical("urn:oid:1.2.36.146.595.217.0.1", "12345"))
                                .effective("2026-11-23T14:05:06Z/2026-11-23T14:05:16Z")
                                .build()),
                Named.of(
                        "smallest and largest scores",
                        content()
                                .score("ATRIAL FIBRILLATION", 0)
                                .score("SINUS RHYTHM", 1)
                                .score("ATRIAL FLUTTER", 1.234e-12)
                                .build()));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void nothing_in_a_report_is_wrong_or_doubtful(ReportContent content) {
        for (Optional<String> target : List.of(
                Optional.<String>empty(),
                Optional.of(Contents.BASE),
                Optional.of("https://results.example.org/fhir"))) {
            Bundle bundle = WRITER.transaction(content, target);
            assertThat(VALIDATION.complaints(bundle)).isEmpty();
        }
        for (Bundle.BundleEntryComponent entry :
                WRITER.transaction(content, Optional.of(Contents.BASE)).getEntry()) {
            assertThat(VALIDATION.complaints(entry.getResource())).isEmpty();
        }
    }

    @Test
    void our_code_system_is_valid() {
        assertThat(VALIDATION.complaints(ReportTerms.codeSystem())).isEmpty();
    }

    @Test
    void the_validator_sees_a_wrong_code() {
        Observation finding =
                (Observation) WRITER.transaction(atrialFibrillation().build(), Optional.empty())
                        .getEntry()
                        .get(1)
                        .getResource();
        finding.getCode().getCodingFirstRep().setCode("49436005");

        assertThat(VALIDATION.complaints(finding)).anyMatch(complaint -> complaint.contains("49436005"));
    }
}
