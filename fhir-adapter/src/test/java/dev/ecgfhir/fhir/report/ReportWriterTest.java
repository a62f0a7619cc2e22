package dev.ecgfhir.fhir.report;

import static dev.ecgfhir.fhir.report.Contents.atrialFibrillation;
import static dev.ecgfhir.fhir.report.Contents.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

class ReportWriterTest {
    private static final FhirContext R4 = FhirContext.forR4Cached();
    private static final ReportWriter WRITER = new ReportWriter(R4, ReportOptions.defaults());
    private static final Optional<String> ELSEWHERE = Optional.of("https://results.example.org/fhir");

    @Test
    void writes_the_same_bytes_for_the_same_content() {
        assertThat(WRITER.json(atrialFibrillation().build(), ELSEWHERE))
                .isEqualTo(WRITER.json(atrialFibrillation().build(), ELSEWHERE));
    }

    @Test
    void tells_positive_negative_indeterminate_and_not_assessed_apart() {
        Observation scores = scores(atrialFibrillation()
                .score("ATRIAL FLUTTER", 0.2)
                .scoredOnly("ATRIAL FLUTTER")
                .score("SINUS RHYTHM", 0.1)
                .score("LEFT AXIS DEVIATION", 0.7)
                .notAssessed("ACUTE MI")
                .build());

        assertThat(encoding(scores, "ATRIAL FIBRILLATION")).isEqualTo("0.97214 POS from 0.5");
        assertThat(encoding(scores, "SINUS RHYTHM")).isEqualTo("0.1 NEG from 0.5");
        assertThat(encoding(scores, "ATRIAL FLUTTER")).as("scored only").isEqualTo("0.2 IND from 0.5");
        assertThat(encoding(scores, "LEFT AXIS DEVIATION"))
                .as("reached, but no finding")
                .isEqualTo("0.7 IND from 0.5");
        assertThat(encoding(scores, "ACUTE MI")).isEqualTo("absent: not-performed");
    }

    @Test
    void a_score_in_the_grey_zone_is_indeterminate_and_one_below_it_is_negative() {
        ReportContent content = atrialFibrillation()
                .greyZone("SINUS RHYTHM", 0.3)
                .score("SINUS RHYTHM", 0.3)
                .greyZone("ATRIAL FLUTTER", 0.3)
                .score("ATRIAL FLUTTER", 0.2999)
                .build();

        assertThat(encoding(scores(content), "SINUS RHYTHM")).isEqualTo("0.3 IND from 0.5");
        assertThat(encoding(scores(content), "ATRIAL FLUTTER")).isEqualTo("0.2999 NEG from 0.5");
        assertThat(report(WRITER.transaction(content, Optional.empty())).getConclusion())
                .contains(
                        "Indeterminate: 1 label lies in the grey zone below its threshold (SINUS RHYTHM); neither present nor absent.");
    }

    @Test
    void a_critical_and_calibrated_finding_says_so() {
        Bundle bundle = WRITER.transaction(
                content()
                        .finding(new ReportFinding(
                                Contents.index("WIDE QRS TACHYCARDIA"),
                                "WIDE QRS TACHYCARDIA",
                                "Wide QRS tachycardia",
                                0.7,
                                OptionalDouble.of(0.81),
                                0.5,
                                true,
                                "critical",
                                "wider",
                                List.of(
                                        new ReportCoding("http://snomed.info/sct", "6285003", "Tachyarrhythmia"),
                                        new ReportCoding("http://snomed.info/sct", "991002", "Wide QRS complex")),
                                List.of(),
                                Map.of()))
                        .build(),
                Optional.empty());
        Observation finding = resources(bundle, Observation.class).get(0);

        assertThat(finding.getInterpretation())
                .extracting(interpretation -> interpretation.getCodingFirstRep().getCode())
                .containsExactly("POS", "AA");
        assertThat(finding.getComponent().get(1).getCode().getCodingFirstRep().getCode())
                .isEqualTo("calibrated-probability");
        assertThat(report(bundle).getConclusion())
                .contains(
                        "LOOK AT THIS ECG AT ONCE: Wide QRS tachycardia.",
                        "- CRITICAL: Wide QRS tachycardia: probable (score 0.70, threshold 0.50, calibrated probability 0.81)")
                .contains("only what is called a calibrated probability is one");
        assertThat(report(bundle).getConclusionCode())
                .singleElement()
                .satisfies(code -> assertThat(code.getCoding())
                        .extracting(coding -> coding.getCode())
                        .containsExactly("6285003", "991002"));
    }

    @Test
    void carries_every_score() {
        assertThat(scores(content().build()).getComponent()).hasSize(150);
    }

    @Test
    void never_codes_a_finding_without_a_coding() {
        Bundle bundle = WRITER.transaction(atrialFibrillation().build(), Optional.empty());
        Observation finding = resources(bundle, Observation.class).stream()
                .filter(one -> one.getId().endsWith("finding-" + Contents.index("PULMONARY DISEASE PATTERN")))
                .findFirst()
                .orElseThrow();

        assertThat(finding.getCode().getCodingFirstRep().getCode()).isEqualTo("8601-7");
        assertThat(finding.getValueCodeableConcept().getText()).isEqualTo("Pulmonary disease pattern");
        assertThat(report(bundle).getConclusionCode())
                .extracting(CodeableConcept::getText)
                .containsExactly("Atrial fibrillation", "Premature ventricular complexes");
    }

    @Test
    void is_never_final() {
        assertThat(report(WRITER.transaction(content().build(), Optional.empty()))
                        .getStatus())
                .isEqualTo(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY);
        ReportWriter partial = new ReportWriter(R4, ReportOptions.defaults().with(ReportOptions.Status.PARTIAL));
        assertThat(report(partial.transaction(content().build(), Optional.empty()))
                        .getStatus())
                .isEqualTo(DiagnosticReport.DiagnosticReportStatus.PARTIAL);
    }

    @Test
    void says_first_what_a_reader_must_know_first() {
        ReportContent demonstration = atrialFibrillation()
                .demonstration()
                .notAssessed("ACUTE MI")
                .flags("DERIVED_LEADS:III aVR", "SHORT")
                .build();

        assertThat(report(WRITER.transaction(demonstration, Optional.empty())).getConclusion())
                .isEqualTo("""
                        DEMONSTRATION ONLY: made with demonstration weights, which are not ECGFounder and not validated. Not for clinical use.
                        Suggested by an algorithm, not confirmed by a person. Not a diagnosis.
                        Suggested findings:
                        - Atrial fibrillation: probable (score 0.97, threshold 0.50, not validated)
                        - Premature ventricular complexes: probable (score 0.81, threshold 0.50, not validated)
                        - Pulmonary disease pattern: possible (score 0.51, threshold 0.50, not validated)
                        Thresholds: not validated for any of these findings (table default-0.5).
                        Scores are outputs of the network, not probabilities.
                        The words of certainty grade the score between its threshold and 1 (lowest third possible, middle third probable, above that highly probable; where the threshold is not validated, never more than probable).
                        Not assessed: 1 of 150 labels, for which the network was not trained; nothing is said about them.
                        Not compared with an earlier ECG. Heart rate and intervals (PR, QRS, QT) were not measured.
                        What is not listed is not excluded. The network has no label for, and cannot report: ventricular fibrillation; asystole.
                        Recording: 10 s of twelve leads, read by Demonstration network, 12-lead (not ECGFounder).
                        Recorded: 2026-11-23 14:05:06+01:00.
                        Note: leads calculated from others: III aVR.
                        Note: shorter than 10 s, filled up with zeros.""");
    }

    @Test
    void says_which_findings_contradict_each_other_in_their_own_words() {
        ReportContent content = content()
                .textFinding("NORMAL ECG", "Normal ECG", 0.9)
                .textFinding("ATRIAL FLUTTER", "Atrial flutter", 0.8)
                .flags("CONTRADICTION:NORMAL ECG, ATRIAL FLUTTER", "NOT_ASSERTED:NORMAL ECG")
                .build();

        assertThat(report(WRITER.transaction(content, Optional.empty())).getConclusion())
                .contains(
                        "Normal ECG and Atrial flutter contradict each other; a person has to decide.",
                        "Normal ECG gives way to a contradicting finding and is not coded.");
    }

    @Test
    void gives_no_all_clear_where_nothing_was_found() {
        assertThat(report(WRITER.transaction(content().build(), Optional.empty()))
                        .getConclusion())
                .contains("This does not mean that the ECG is normal.", "What is not listed is not excluded.");
    }

    @Test
    void names_patients_of_another_server_by_their_whole_address_only() {
        ReportContent content = atrialFibrillation().build();

        DiagnosticReport there = report(WRITER.transaction(content, ELSEWHERE));
        assertThat(there.getSubject().hasReference()).isFalse();
        assertThat(there.getSubject().getIdentifier().getValue()).isEqualTo(Contents.BASE + "/Patient/7");

        assertThat(report(WRITER.transaction(content, Optional.of(Contents.BASE + "/")))
                        .getSubject()
                        .getReference())
                .isEqualTo("Patient/7");
        ReportWriter sameIds = new ReportWriter(R4, ReportOptions.defaults().withSameIds(true));
        assertThat(report(sameIds.transaction(content, ELSEWHERE)).getSubject().getReference())
                .isEqualTo("Patient/7");
    }

    @Test
    void says_so_where_there_is_no_patient_and_no_time() {
        DiagnosticReport report = report(WRITER.transaction(
                content().withoutLinks().effective("not a time").build(), Optional.empty()));

        assertThat(report.hasSubject()).isFalse();
        assertThat(report.hasEffective()).isFalse();
        assertThat(report.getConclusion())
                .contains(
                        "The recording names no patient who can be referred to.",
                        "The time of the recording is not known.");
    }

    @Test
    void does_not_guess_a_time_zone() {
        assertThat(effective("2026-11-23T14:05:06")).isEqualTo("2026-11-23");
        assertThat(effective("2026-11-23T14:05:06.789+01:00")).isEqualTo("2026-11-23T14:05:06.789+01:00");
        assertThat(effective("2026-11")).isEqualTo("2026-11");
    }

    @Test
    void keeps_the_ends_of_a_period() {
        DiagnosticReport report = report(WRITER.transaction(
                content().effective("2026-11-23T14:05:06Z/2026-11-23T14:05:16Z").build(), Optional.empty()));

        assertThat(report.getEffectivePeriod().getStartElement().getValueAsString())
                .isEqualTo("2026-11-23T14:05:06Z");
        assertThat(report.getEffectivePeriod().getEndElement().getValueAsString())
                .isEqualTo("2026-11-23T14:05:16Z");
    }

    @Test
    void a_finding_of_parts_of_a_recording_has_their_time_and_not_that_of_the_whole() {
        ReportFinding fibrillation = new ReportFinding(
                Contents.index("ATRIAL FIBRILLATION"),
                "ATRIAL FIBRILLATION",
                "Atrial fibrillation",
                0.75,
                OptionalDouble.empty(),
                0.5,
                true,
                "critical",
                "unmatched",
                List.of(),
                List.of(new Stretch(10, 30), new Stretch(3600, 3610)),
                Map.of());
        Observation finding = resources(
                        WRITER.transaction(content().finding(fibrillation).build(), Optional.empty()),
                        Observation.class)
                .get(0);

        assertThat(finding.getEffectivePeriod().getStartElement().getValueAsString())
                .isEqualTo("2026-11-23T14:05:16.789+01:00");
        assertThat(finding.getEffectivePeriod().getEndElement().getValueAsString())
                .isEqualTo("2026-11-23T15:05:16.789+01:00");
        assertThat(finding.getNote().get(0).getText())
                .isEqualTo(
                        "Positive in the stretches 0:00:10-0:00:30, 1:00:00-1:00:10 from the start of the recording.");
        assertThat(resources(
                                WRITER.transaction(
                                        content()
                                                .effective("2026-11-23")
                                                .finding(fibrillation)
                                                .build(),
                                        Optional.empty()),
                                Observation.class)
                        .get(0)
                        .getEffectiveDateTimeType()
                        .getValueAsString())
                .as("of a date alone no time can be told")
                .isEqualTo("2026-11-23");
    }

    @Test
    void labels_everything_that_the_network_asserted() {
        Bundle bundle = WRITER.transaction(atrialFibrillation().build(), Optional.empty());

        for (Class<? extends Resource> type :
                List.<Class<? extends Resource>>of(DiagnosticReport.class, Observation.class, Provenance.class)) {
            assertThat(resources(bundle, type))
                    .isNotEmpty()
                    .allSatisfy(one -> assertThat(
                                    one.getMeta().getSecurityFirstRep().getCode())
                            .isEqualTo("AIAST"));
        }
    }

    @Test
    void names_a_reduced_precision_in_the_device_which_is_another_one_then() {
        AlgorithmDevice full = AlgorithmDevice.of(atrialFibrillation().build());
        AlgorithmDevice reduced = AlgorithmDevice.of(
                atrialFibrillation().precision("int8-weights").build());

        assertThat(reduced.id()).isNotEqualTo(full.id());
        assertThat(reduced.toDevice().getVersion())
                .filteredOn(version ->
                        version.getType().getCodingFirstRep().getCode().equals("precision"))
                .extracting(version -> version.getValue())
                .containsExactly("int8-weights");
        assertThat(full.toDevice().getVersion()).hasSize(4);
    }

    @Test
    void gives_ids_that_fit_into_fhir() {
        Bundle bundle = WRITER.transaction(atrialFibrillation().build(), Optional.empty());
        assertThat(bundle.getEntry())
                .filteredOn(entry -> entry.getRequest().getMethod() == Bundle.HTTPVerb.PUT)
                .hasSize(6)
                .allSatisfy(
                        entry -> assertThat(entry.getRequest().getUrl()).matches("[A-Za-z]+/[A-Za-z0-9\\-.]{1,64}"));
        assertThat(AlgorithmDevice.of(atrialFibrillation().build()).id()).matches("[A-Za-z0-9\\-.]{1,64}");
    }

    @Test
    void escapes_what_would_be_markup() {
        ReportContent content = content()
                .textFinding("RSR' PATTERN IN V1", "<b>RSR' & \"more\"</b>\u0001", 0.9)
                .build();

        assertThat(report(WRITER.transaction(content, Optional.empty()))
                        .getText()
                        .getDivAsString())
                .contains("&lt;b&gt;RSR' &amp; ", "&lt;/b&gt;?")
                .doesNotContain("<b>RSR");
    }

    @Test
    void refuses_a_finding_below_its_threshold() {
        assertThatThrownBy(() -> WRITER.transaction(
                        content()
                                .textFinding("ATRIAL FLUTTER", "Atrial flutter", 0.4)
                                .build(),
                        Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("label 'ATRIAL FLUTTER' is a finding with score 0.4 below its threshold 0.5");
    }

    @Test
    void refuses_a_finding_that_was_not_assessed() {
        assertThatThrownBy(() -> WRITER.transaction(
                        atrialFibrillation().notAssessed("ATRIAL FIBRILLATION").build(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("label 'ATRIAL FIBRILLATION' is a finding, but was not assessed");
    }

    private static String effective(String received) {
        return report(WRITER.transaction(content().effective(received).build(), Optional.empty()))
                .getEffectiveDateTimeType()
                .getValueAsString();
    }

    private static String encoding(Observation scores, String label) {
        ObservationComponentComponent component = scores.getComponent().stream()
                .filter(one -> one.getCode().getCodingFirstRep().getCode().equals(label))
                .findFirst()
                .orElseThrow();
        if (component.hasDataAbsentReason()) {
            assertThat(component.hasValue() || component.hasInterpretation() || component.hasReferenceRange())
                    .isFalse();
            return "absent: "
                    + component.getDataAbsentReason().getCodingFirstRep().getCode();
        }
        return component.getValueQuantity().getValue().toPlainString() + " "
                + component.getInterpretationFirstRep().getCodingFirstRep().getCode() + " from "
                + component.getReferenceRangeFirstRep().getLow().getValue().toPlainString();
    }

    private static Observation scores(ReportContent content) {
        return resources(WRITER.transaction(content, Optional.empty()), Observation.class).stream()
                .filter(one -> one.getId().endsWith("-scores"))
                .findFirst()
                .orElseThrow();
    }

    private static DiagnosticReport report(Bundle bundle) {
        return resources(bundle, DiagnosticReport.class).get(0);
    }

    private static <T extends Resource> List<T> resources(Bundle bundle, Class<T> type) {
        return bundle.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
