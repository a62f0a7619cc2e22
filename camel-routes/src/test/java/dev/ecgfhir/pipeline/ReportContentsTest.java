package dev.ecgfhir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ecgfhir.fhir.report.ReportContent;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.Precision;
import dev.ecgfhir.inference.Thresholds.Rule;
import dev.ecgfhir.inference.signal.MainsFrequency;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.terminology.LabelMap;
import dev.ecgfhir.terminology.Terminology;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportContentsTest {
    private static final Instant ISSUED = Instant.parse("2026-11-24T03:00:00Z");
    private static final LabelMap LABELS = Terminology.labelMap();

    @Test
    void carries_everything_that_a_reader_needs_to_trust_a_report() {
        FakeModel model = FakeModel.of(12, "ATRIAL FIBRILLATION", "ABNORMAL ECG", "QT HAS LENGTHENED")
                .answering(0.9, 0.4, 0.3);
        ReportContent content = content(
                model.loaded(List.of(
                        new Rule(model.labels().get(0), true, true, 0.25, true),
                        new Rule(model.labels().get(1), true, false, 0.5, false),
                        new Rule(model.labels().get(2), false, false, 0.5, false))),
                MainsFrequency.HERTZ_50);

        assertThat(content.leads()).isEqualTo(12);
        assertThat(content.modelName()).isEqualTo("ECGFounder-architecture network, 12-lead");
        assertThat(content.modelHash()).isEqualTo("sha256:ab12");
        assertThat(content.demonstration()).isFalse();
        assertThat(content.softwareVersion()).isEqualTo("0.1.0");
        assertThat(content.thresholdsVersion()).isEqualTo("test-1");
        assertThat(content.terminologyVersion()).isEqualTo(LABELS.version());
        assertThat(content.preprocessing()).contains("notch 50 Hz");
        assertThat(content.issued()).isEqualTo(ISSUED);
        assertThat(content.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.label()).isEqualTo("ATRIAL FIBRILLATION");
            assertThat(finding.text()).isEqualTo("Atrial fibrillation");
            assertThat(finding.score()).isCloseTo(0.9, within(1e-6));
            assertThat(finding.threshold()).isEqualTo(0.25);
            assertThat(finding.thresholdValidated()).isTrue();
            assertThat(finding.equivalence()).isEqualTo("equivalent");
            assertThat(finding.codings().get(0).code()).isEqualTo("164889003");
        });
        assertThat(content.scores()).hasSize(3);
        assertThat(content.scores().get(1).reported()).isFalse();
        assertThat(content.scores().get(1).assessed()).isTrue();
        assertThat(content.scores().get(2).assessed()).isFalse();
    }

    @Test
    void names_demonstration_weights_as_what_they_are() {
        ReportContent content = content(
                FakeModel.of(12, "NORMAL ECG").demonstration().answering(0.9).loaded(), MainsFrequency.HERTZ_50);

        assertThat(content.modelName()).isEqualTo("Demonstration network, 12-lead (not ECGFounder)");
        assertThat(content.demonstration()).isTrue();
    }

    @Test
    void a_concept_that_is_narrower_than_the_label_is_not_asserted() {
        // 251135002 leans to normal, the label to neither side
        ReportContent content =
                content(FakeModel.of(12, "BORDERLINE ECG").answering(0.9).loaded(), MainsFrequency.HERTZ_50);

        assertThat(content.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.equivalence()).isEqualTo("inexact");
            assertThat(finding.codings()).isEmpty();
        });
    }

    @Test
    void the_hash_of_the_settings_changes_with_each_of_them() {
        String base = SettingsHash.of("a", "b", "c", "d", Precision.FLOAT32);

        assertThat(base).hasSize(64).isEqualTo(SettingsHash.of("a", "b", "c", "d", Precision.FLOAT32));
        assertThat(List.of(
                        SettingsHash.of("x", "b", "c", "d", Precision.FLOAT32),
                        SettingsHash.of("a", "x", "c", "d", Precision.FLOAT32),
                        SettingsHash.of("a", "b", "x", "d", Precision.FLOAT32),
                        SettingsHash.of("a", "b", "c", "x", Precision.FLOAT32),
                        SettingsHash.of("ab", "", "c", "d", Precision.FLOAT32),
                        SettingsHash.of("a", "b", "c", "d", Precision.BFLOAT16),
                        SettingsHash.of("a", "b", "c", "d", Precision.INT8_WEIGHTS)))
                .doesNotContain(base)
                .doesNotHaveDuplicates();
        LoadedModel model = FakeModel.of(12, "NORMAL ECG").answering(0.9).loaded();
        assertThat(content(model, MainsFrequency.HERTZ_50).settingsHash())
                .isNotEqualTo(content(model, MainsFrequency.HERTZ_60).settingsHash());
    }

    private static ReportContent content(LoadedModel model, MainsFrequency mains) {
        Outcome outcome = new EcgInterpreter(List.of(model), new Preprocessing(mains), LABELS)
                .interpret(Recordings.recording().build());
        return ReportContents.of(((Outcome.Interpreted) outcome).interpretation(), LABELS, "0.1.0", ISSUED);
    }
}
