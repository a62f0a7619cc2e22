package dev.ecgfhir.fhir.report;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DomainResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReportTextsTest {
    private static final Pattern BLANK = Pattern.compile("\\{\\d}");

    @ParameterizedTest
    @EnumSource(ReportLanguage.class)
    void every_language_has_every_text_with_the_same_blanks(ReportLanguage language) {
        Properties english = ReportTexts.read(ReportLanguage.ENGLISH);
        Properties texts = ReportTexts.read(language);

        assertThat(texts.keySet()).isEqualTo(english.keySet());
        for (String key : english.stringPropertyNames()) {
            assertThat(blanks(texts.getProperty(key)))
                    .as("blanks of '%s' in %s", key, language)
                    .isEqualTo(blanks(english.getProperty(key)));
            assertThat(texts.getProperty(key)).as(key).isNotBlank();
        }
    }

    private static List<String> blanks(String text) {
        return List.copyOf(new TreeSet<>(
                BLANK.matcher(text).results().map(match -> match.group()).toList()));
    }

    @ParameterizedTest
    @CsvSource({
        "de, German",
        "de-AT, German",
        "FR_ca, French",
        "en-US, English",
        "it, none",
        "'', none",
    })
    void finds_a_language_by_its_tag(String tag, String name) {
        assertThat(ReportLanguage.of(tag).map(Enum::name).orElse("none")).isEqualToIgnoringCase(name);
    }

    @ParameterizedTest
    @CsvSource({
        "'de-CH,de;q=0.9,en;q=0.8', GERMAN",
        "'it,fr;q=0.5,en;q=0.4', FRENCH",
        "'en;q=0.2,de;q=0.9', GERMAN",
        "'de;q=0,fr;q=0.1', FRENCH",
        "'it', none",
        "'*', none",
        "'not a header;;q=x', none",
        "'', none",
    })
    void chooses_what_a_reader_likes_best(String header, String expected) {
        assertThat(ReportLanguage.accepted(header).map(Enum::name).orElse("none"))
                .isEqualTo(expected);
        assertThat(ReportLanguage.accepted(null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GERMAN, Vorhofflimmern, 'von keiner Person bestätigt', 'Score 0,97'",
        "FRENCH, Fibrillation atriale, 'non validé par une personne', 'score 0,97'",
        "ENGLISH, Atrial fibrillation, 'not confirmed by a person', 'score 0.97'",
    })
    void writes_a_report_in_its_language(ReportLanguage language, String name, String notConfirmed, String score) {
        Bundle bundle = new ReportWriter(FhirContext.forR4Cached(), ReportOptions.defaults())
                .in(language)
                .transaction(Contents.atrialFibrillation().build(), Optional.empty());

        DiagnosticReport report = OwnResources.report(bundle);
        assertThat(report.getConclusion()).contains(name, notConfirmed, score);
        assertThat(report.getConclusionCodeFirstRep().getText()).isEqualTo(name);
        assertThat(report.getConclusionCodeFirstRep().getCodingFirstRep().getDisplay())
                .as("a code system's own term")
                .isEqualTo("Atrial fibrillation");
        assertThat(bundle.getEntry()).hasSizeGreaterThan(4).allSatisfy(entry -> {
            DomainResource resource = (DomainResource) entry.getResource();
            String tag = resource.fhirType().equals("Device") ? "en" : language.tag();
            assertThat(resource.getLanguage()).isEqualTo(tag);
            assertThat(resource.getText().getDivAsString()).contains(" lang=\"" + tag + "\"");
        });
    }

    @Test
    void tells_a_finding_without_a_translation_in_the_words_that_there_are() {
        assertThat(ReportLanguage.GERMAN.nameOf("A local finding")).isEmpty();
        Bundle bundle = new ReportWriter(FhirContext.forR4Cached(), ReportOptions.defaults())
                .in(ReportLanguage.GERMAN)
                .transaction(
                        Contents.content()
                                .textFinding("ATRIAL FLUTTER", "A local finding", 0.9)
                                .build(),
                        Optional.empty());

        assertThat(OwnResources.report(bundle).getConclusion()).contains("A local finding: wahrscheinlich");
    }

    @ParameterizedTest
    @CsvSource({
        "0.50, false, POSSIBLE", "0.66, false, POSSIBLE", "0.67, false, PROBABLE", "0.99, false, PROBABLE",
        "0.66, true, POSSIBLE", "0.82, true, PROBABLE", "0.84, true, HIGHLY_PROBABLE", "1.00, true, HIGHLY_PROBABLE",
    })
    void grades_the_score_in_thirds_and_keeps_the_strongest_word_for_validated_thresholds(
            double score, boolean validated, Certainty expected) {
        assertThat(Certainty.of(finding(score, OptionalDouble.empty(), validated)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.33, POSSIBLE", "0.49, POSSIBLE", "0.50, HIGHLY_PROBABLE", "0.90, HIGHLY_PROBABLE"})
    void never_calls_probable_what_is_less_likely_than_not(double probability, Certainty expected) {
        assertThat(Certainty.of(finding(0.99, OptionalDouble.of(probability), true)))
                .isEqualTo(expected);
    }

    private static ReportFinding finding(double score, OptionalDouble probability, boolean validated) {
        return new ReportFinding(
                0,
                "L",
                "L",
                score,
                probability,
                0.5,
                validated,
                "routine",
                "unmatched",
                List.of(),
                List.of(),
                Map.of());
    }

    @Test
    void words_every_flag_in_every_language_and_keeps_those_of_one_kind_together() {
        FlagWords words = new FlagWords(
                Contents.content()
                        .flags("FLAT_LEAD:V5", "FLAT_LEAD:V6", "SHORT", "SOMETHING_NEW:x")
                        .build(),
                ReportTexts.of(ReportLanguage.ENGLISH));

        assertThat(words.ofSignal())
                .containsExactly(
                        "Note: leads without a signal: V5, V6.",
                        "Note: shorter than 10 s, filled up with zeros.",
                        "Note: something new: x.");
    }
}
