package dev.ecgfhir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import dev.ecgfhir.fhir.report.ReportContent;
import dev.ecgfhir.fhir.report.ReportLanguage;
import dev.ecgfhir.fhir.report.ReportOptions;
import dev.ecgfhir.fhir.report.ReportWriter;
import dev.ecgfhir.inference.signal.MainsFrequency;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.terminology.LabelMap;
import dev.ecgfhir.terminology.Terminology;
import dev.ecgfhir.terminology.map.OverlayFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a finding is called in a report where a site has names of its own. */
class SiteNamesTest {
    private static final String EN = "display,ATRIAL FIBRILLATION,,,AF of ours,,en\n";
    private static final String DE = "display,ATRIAL FIBRILLATION,,,VHF von uns,,de\n";

    private static final String SWISS = "display,ATRIAL FIBRILLATION,,,Vorhofflimmern CH,,de-CH\n";

    @ParameterizedTest
    @CsvSource({
        "both, GERMAN, VHF von uns",
        "both, FRENCH, Fibrillation atriale",
        "both, ENGLISH, AF of ours",
        "en, GERMAN, Vorhofflimmern",
        "en, ENGLISH, AF of ours",
        "de, GERMAN, VHF von uns",
        "de, FRENCH, Fibrillation atriale",
        "de, ENGLISH, Atrial fibrillation",
        "de-CH, GERMAN, Vorhofflimmern CH",
        "de-CH and de, GERMAN, VHF von uns",
        "de-CH, FRENCH, Fibrillation atriale",
    })
    void each_language_has_the_name_of_the_site_or_else_its_own(
            String displays, ReportLanguage language, String expected) {
        String rows = (displays.startsWith("de") ? "" : EN)
                + (displays.contains("de-CH") ? SWISS : "")
                + (displays.equals("en") || displays.equals("de-CH") ? "" : DE);
        LabelMap labels = OverlayFile.parse(
                        "# overlay st-elsewhere 1.0.0\nkind,label,system,code,display,equivalence,language\n" + rows,
                        "site.csv",
                        Terminology.labelMap())
                .over(Terminology.labelMap());

        DiagnosticReport report = new ReportWriter(FhirContext.forR4Cached(), ReportOptions.defaults())
                .in(language).transaction(content(labels), Optional.empty()).getEntry().stream()
                        .map(Bundle.BundleEntryComponent::getResource)
                        .filter(DiagnosticReport.class::isInstance)
                        .map(DiagnosticReport.class::cast)
                        .findFirst()
                        .orElseThrow();

        assertThat(report.getConclusion()).contains(expected);
        assertThat(report.getConclusionCodeFirstRep().getText()).isEqualTo(expected);
    }

    private static ReportContent content(LabelMap labels) {
        Outcome outcome = new EcgInterpreter(
                        List.of(FakeModel.of(12, "ATRIAL FIBRILLATION")
                                .answering(0.9)
                                .loaded()),
                        new Preprocessing(MainsFrequency.HERTZ_50),
                        labels)
                .interpret(Recordings.recording().build());
        return ReportContents.of(
                ((Outcome.Interpreted) outcome).interpretation(),
                labels,
                "0.1.0",
                Instant.parse("2026-11-24T03:00:00Z"));
    }
}
