package dev.ecgfhir.pipeline;

import static dev.ecgfhir.pipeline.Recordings.constant;
import static dev.ecgfhir.pipeline.Recordings.fill;
import static dev.ecgfhir.pipeline.Recordings.gap;
import static dev.ecgfhir.pipeline.Recordings.recording;
import static dev.ecgfhir.pipeline.Recordings.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ecgfhir.fhir.recording.Lead;
import dev.ecgfhir.fhir.report.Stretch;
import dev.ecgfhir.inference.Calibration;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.Thresholds.Rule;
import dev.ecgfhir.inference.signal.MainsFrequency;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.terminology.AlertLevel;
import dev.ecgfhir.terminology.Coding;
import dev.ecgfhir.terminology.ConceptScope;
import dev.ecgfhir.terminology.LabelMap;
import dev.ecgfhir.terminology.SiteOverlay;
import dev.ecgfhir.terminology.Terminology;
import dev.ecgfhir.terminology.map.OverlayFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EcgInterpreterTest {
    private static final String FIBRILLATION = "ATRIAL FIBRILLATION";
    private static final String NORMAL = "NORMAL ECG";
    private static final String ABNORMAL = "ABNORMAL ECG";

    @Test
    void reads_twelve_leads_with_the_12_lead_model() {
        FakeModel twelve = FakeModel.of(12, FIBRILLATION, NORMAL).answering(0.9, 0.1);
        FakeModel one = FakeModel.of(1, FIBRILLATION, NORMAL).answering(0.2, 0.8);

        Interpretation interpretation = interpreted(recording(), twelve.loaded(), one.loaded());

        assertThat(interpretation.model().leads()).isEqualTo(12);
        assertThat(one.answered()).isZero();
        assertThat(labels(interpretation)).containsExactly(FIBRILLATION);
        Finding finding = interpretation.findings().get(0);
        assertThat(finding.score()).isCloseTo(0.9, within(1e-6));
        assertThat(finding.threshold()).isEqualTo(0.5);
        assertThat(finding.thresholdValidated()).isFalse();
        assertThat(finding.seconds()).isEmpty();
        assertThat(finding.codings()).extracting(Coding::code).containsExactly("164889003");
        assertThat(interpretation.flags()).isEmpty();
        assertThat(interpretation.windows()).hasSize(1);
        assertThat(interpretation.engine()).isEqualTo("fake");
        assertThat(interpretation.times().preprocess()).isPositive();
        assertThat(interpretation.times().decide()).isGreaterThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void reads_lead_one_with_the_1_lead_model_where_a_lead_lacks_and_says_so() {
        FakeModel twelve = FakeModel.of(12, NORMAL).answering(0.9);
        FakeModel one = FakeModel.of(1, NORMAL).answering(0.9);

        Interpretation interpretation = interpreted(recording().without(Lead.V4), twelve.loaded(), one.loaded());

        assertThat(interpretation.model().leads()).isEqualTo(1);
        assertThat(twelve.answered()).isZero();
        assertThat(interpretation.flags()).containsExactly("LEAD_I_ONLY:11 leads recorded");
        assertThat(interpreted(recording().only(Lead.I), one.loaded()).flags()).isEmpty();
    }

    @Test
    void reads_lead_one_of_twelve_where_only_a_1_lead_model_is_loaded() {
        FakeModel one = FakeModel.of(1, NORMAL).answering(0.9);

        assertThat(interpreted(recording(), one.loaded()).flags()).containsExactly("LEAD_I_ONLY:12 leads recorded");
    }

    @Test
    void refuses_leads_for_which_no_model_is_loaded() {
        LoadedModel twelve = FakeModel.of(12, NORMAL).answering(0.9).loaded();

        Outcome.Refused refused = refused(recording().only(Lead.I, Lead.II), twelve);

        assertThat(refused.reason()).isEqualTo("NO_MODEL");
        assertThat(refused.detail())
                .isEqualTo("the recording has leads I, II; loaded: 12-lead model;"
                        + " a 12-lead model needs all twelve leads, a 1-lead model lead I");
    }

    @Test
    void refuses_a_recording_without_lead_one_that_is_not_complete() {
        Outcome.Refused refused = refused(
                recording().only(Lead.V1),
                FakeModel.of(12, NORMAL).answering(0.9).loaded(),
                FakeModel.of(1, NORMAL).answering(0.9).loaded());

        assertThat(refused.detail()).startsWith("the recording has lead V1; loaded: 12-lead and 1-lead models;");
    }

    @Test
    void gives_the_reason_of_the_gate() {
        Outcome.Refused refused = refused(
                recording().with(Lead.V3, gap(0, 1000)),
                FakeModel.of(12, NORMAL).answering(0.9).loaded());

        assertThat(refused.reason()).isEqualTo("TOO_MANY_GAPS");
        assertThat(refused.detail()).startsWith("lead V3 has 1 gap of 2.000 s together");
    }

    @Test
    void a_gap_in_a_long_recording_costs_the_windows_that_it_touches_and_those_it_comes_near() {
        LoadedModel model = FakeModel.of(12, NORMAL)
                .answering(0.1)
                .answering(0.9)
                .answering(0.9)
                .answering(0.3)
                .answering(0.3)
                .answering(0.3)
                .answering(0.9)
                .loaded();
        // 12.5 s to 19 s: the window of 10 s, and the next one by the reach of the filters; a short one in the last
        // window is filled
        Interpretation interpretation =
                interpreted(recording(500, 70).with(Lead.V3, gap(6250, 9500)).with(Lead.V3, gap(31000, 31040)), model);

        assertThat(interpretation.flags()).containsExactly("GAPS_FILLED:V3", "GAPS_NOT_READ:10-30 s");
        assertThat(interpretation.windows()).hasSize(7);
        assertThat(interpretation.scores()[0]).isCloseTo((0.1 + 3 * 0.3 + 0.9) / 5, within(1e-6));
    }

    @Test
    void a_long_recording_of_which_gaps_spoil_more_than_half_is_refused() {
        Outcome.Refused refused = refused(
                recording(500, 60).with(Lead.V3, gap(1000, 16000)),
                FakeModel.of(12, NORMAL).answering(0.9).loaded());

        assertThat(refused.reason()).isEqualTo("TOO_MANY_GAPS");
        assertThat(refused.detail())
                .endsWith("2 % of a lead are filled; others cost 4 of 6 windows, at most half may be lost");
    }

    @Test
    void a_limb_lead_that_is_off_for_a_while_is_no_lead_reversal() {
        Interpretation interpretation = interpreted(
                recording(500, 120).with(Lead.II, gap(0, 25000)),
                FakeModel.of(12, NORMAL).answering(0.9).loaded());

        assertThat(interpretation.flags()).containsExactly("GAPS_NOT_READ:0-60 s");
    }

    @Test
    void keeps_the_flags_of_the_recording_before_those_of_the_gate() {
        Interpretation interpretation = interpreted(
                recording().flagged("DERIVED_LEADS:III").with(Lead.V6, constant(0)),
                FakeModel.of(12, NORMAL).answering(0.9).loaded());

        assertThat(interpretation.flags()).containsExactly("DERIVED_LEADS:III", "FLAT_LEAD:V6");
    }

    @Test
    void scores_are_the_mean_over_the_windows_and_each_window_is_kept() {
        Interpretation interpretation = interpreted(
                recording(500, 30),
                FakeModel.of(12, FIBRILLATION, NORMAL)
                        .answering(0.9, 0.2)
                        .answering(0.6, 0.2)
                        .answering(0.3, 0.5)
                        .loaded());

        assertThat(interpretation.scores()).containsExactly(new double[] {0.6, 0.3}, within(1e-6));
        assertThat(interpretation.windows()).hasSize(3);
        assertThat(interpretation.windowStarts()).containsExactly(0, 10, 20);
        assertThat(interpretation.windows().get(2).score(0)).isCloseTo(0.3, within(1e-6));
    }

    @Test
    void a_finding_of_single_windows_is_listed_with_its_time_and_highest_score() {
        Interpretation interpretation = interpreted(
                recording(500, 40),
                FakeModel.of(12, FIBRILLATION, "SINUS RHYTHM")
                        .answering(0.1, 0.9)
                        .answering(0.8, 0.2)
                        .answering(0.6, 0.2)
                        .answering(0.1, 0.9)
                        .loaded());

        assertThat(labels(interpretation)).containsExactly(FIBRILLATION, "SINUS RHYTHM");
        Finding fibrillation = interpretation.findings().get(0);
        assertThat(fibrillation.score()).isCloseTo(0.8, within(1e-6));
        assertThat(fibrillation.seconds()).containsExactly(10.0, 20.0);
        assertThat(fibrillation.stretches()).containsExactly(new Stretch(10, 30));
        assertThat(interpretation.findings().get(1).score()).isCloseTo(0.55, within(1e-6));
        assertThat(interpretation.findings().get(1).seconds()).containsExactly(0.0, 30.0);
        assertThat(interpretation.flags()).as("they take turns").isEmpty();
    }

    @Test
    void a_score_at_its_threshold_is_a_finding_and_one_below_is_not() {
        FakeModel model = FakeModel.of(12, FIBRILLATION, NORMAL).answering(0.75, 0.74);
        // a float logit of a score of 0.75 gives 0.75 again to 1e-8: compare with what the model says
        double said =
                model.score(List.of(ModelInput.of(new float[12][5000]))).get(0).score(0);

        Interpretation interpretation = interpreted(
                recording(),
                model.loaded(List.of(
                        new Rule(model.labels().get(0), true, true, said, true),
                        new Rule(model.labels().get(1), true, true, said, true))));

        assertThat(labels(interpretation)).containsExactly(FIBRILLATION);
        assertThat(interpretation.findings().get(0).thresholdValidated()).isTrue();
    }

    @Test
    void labels_that_are_not_reported_or_not_assessed_never_become_findings() {
        FakeModel model =
                FakeModel.of(12, FIBRILLATION, NORMAL, "no label of any map").answering(0.9, 0.9, 0.9);

        Interpretation interpretation = interpreted(
                recording(),
                model.loaded(List.of(
                        new Rule(model.labels().get(0), true, false, 0.5, false),
                        new Rule(model.labels().get(1), true, true, 0.5, false),
                        new Rule(model.labels().get(2), false, false, 0.5, false))));

        assertThat(labels(interpretation)).containsExactly(NORMAL);
        assertThat(interpretation.scores()).hasSize(3);
    }

    @Test
    void a_comparison_with_an_earlier_ecg_is_never_claimed() {
        Interpretation interpretation = interpreted(
                recording(),
                FakeModel.of(12, "QT HAS LENGTHENED", NORMAL)
                        .answering(0.99, 0.9)
                        .loaded());

        assertThat(labels(interpretation)).containsExactly(NORMAL);
    }

    @Test
    void a_modifier_is_applied_to_what_it_modifies_and_raises_its_alert() {
        Interpretation interpretation = interpreted(
                recording(),
                FakeModel.of(12, FIBRILLATION, "WITH RAPID VENTRICULAR RESPONSE")
                        .answering(0.9, 0.8)
                        .loaded());

        Finding fibrillation = interpretation.findings().get(0);
        assertThat(fibrillation.text()).isEqualTo("Atrial fibrillation with rapid ventricular response");
        assertThat(fibrillation.codings()).extracting(Coding::code).containsExactly("314208002", "164889003");
        assertThat(fibrillation.alert()).isEqualTo(AlertLevel.URGENT);
        assertThat(interpretation.findings().get(1).codings()).isEmpty();
    }

    @Test
    void a_modifier_of_another_window_is_not_applied() {
        Interpretation interpretation = interpreted(
                recording(500, 20),
                FakeModel.of(12, FIBRILLATION, "WITH RAPID VENTRICULAR RESPONSE")
                        .answering(0.9, 0.1)
                        .answering(0.1, 0.9)
                        .loaded());

        assertThat(interpretation.findings())
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.combined()).isEmpty());
    }

    @Test
    void a_critical_finding_stands_before_all_others() {
        Interpretation interpretation = interpreted(
                recording(),
                FakeModel.of(
                                12,
                                "SINUS RHYTHM",
                                "INFERIOR INJURY PATTERN",
                                "SINUS TACHYCARDIA",
                                "MARKED SINUS BRADYCARDIA")
                        .answering(0.9, 0.6, 0.2, 0.7)
                        .loaded());

        assertThat(labels(interpretation))
                .containsExactly("INFERIOR INJURY PATTERN", "MARKED SINUS BRADYCARDIA", "SINUS RHYTHM");
        assertThat(interpretation.findings().get(0).alert()).isEqualTo(AlertLevel.CRITICAL);
        assertThat(interpretation.findings().get(0).codings()).isEmpty();
    }

    @Test
    void a_site_without_licence_reads_what_is_outside_the_global_patient_set_as_text() {
        LabelMap limited = Terminology.labelMap(ConceptScope.GLOBAL_PATIENT_SET);
        FakeModel model = FakeModel.of(12, "SINUS RHYTHM", "PREMATURE ATRIAL COMPLEXES", "BLOCKED")
                .answering(0.9, 0.8, 0.7);

        Outcome outcome = new EcgInterpreter(
                        List.of(model.loaded()), new Preprocessing(MainsFrequency.HERTZ_50), limited)
                .interpret(recording().build());

        List<Finding> findings =
                ((Outcome.Interpreted) outcome).interpretation().findings();
        assertThat(findings).extracting(Finding::text).contains("Sinus rhythm", "Premature atrial complexes");
        assertThat(findings.get(0).codings()).as("outside").isEmpty();
        assertThat(findings.get(1).codings())
                .as("inside, and not combined with a concept outside")
                .extracting(Coding::code)
                .containsExactly("284470004");
    }

    @Test
    void a_sites_own_codes_stand_behind_the_maps() {
        SiteOverlay overlay = OverlayFile.parse(
                "# overlay st-elsewhere 1.0.0\nkind,label,system,code,display,equivalence,language\n"
                        + "coding,ATRIAL FIBRILLATION,http://hl7.org/fhir/sid/icd-10,I48.9,Atrial fibrillation,wider,\n"
                        + "alert,ATRIAL FIBRILLATION,,critical,,,\n",
                "site.csv",
                Terminology.labelMap());
        FakeModel model = FakeModel.of(12, FIBRILLATION).answering(0.9);

        Outcome outcome = new EcgInterpreter(
                        List.of(model.loaded()),
                        new Preprocessing(MainsFrequency.HERTZ_50),
                        overlay.over(Terminology.labelMap()))
                .interpret(recording().build());

        Finding finding =
                ((Outcome.Interpreted) outcome).interpretation().findings().get(0);
        assertThat(finding.codings()).extracting(Coding::code).containsExactly("164889003", "I48.9");
        assertThat(finding.alert()).isEqualTo(AlertLevel.CRITICAL);
    }

    @Test
    void only_a_calibrated_label_has_a_probability() {
        FakeModel model = FakeModel.of(12, FIBRILLATION, NORMAL).answering(0.5, 0.7);

        Interpretation interpretation = interpreted(
                recording(),
                model.loaded(List.of(
                        new Rule(
                                model.labels().get(0), true, true, 0.4, true, 0.3, Optional.of(new Calibration(2, -1))),
                        new Rule(model.labels().get(1), true, true, 0.5, false))));

        assertThat(interpretation.findings().get(0).probability().orElseThrow())
                .isCloseTo(1 / (1 + Math.E), within(1e-6));
        assertThat(interpretation.findings().get(1).probability()).isEmpty();
    }

    @Test
    void findings_stand_by_group_and_then_by_score() {
        Interpretation interpretation = interpreted(
                recording(),
                FakeModel.of(
                                12,
                                ABNORMAL,
                                "LEFT AXIS DEVIATION",
                                "INFERIOR INFARCT",
                                "SINUS RHYTHM",
                                "SINUS BRADYCARDIA",
                                "WITH RAPID VENTRICULAR RESPONSE")
                        .answering(0.99, 0.9, 0.6, 0.7, 0.8, 0.95)
                        .loaded());

        assertThat(labels(interpretation))
                .containsExactly(
                        "SINUS BRADYCARDIA",
                        "SINUS RHYTHM",
                        "INFERIOR INFARCT",
                        "LEFT AXIS DEVIATION",
                        ABNORMAL,
                        "WITH RAPID VENTRICULAR RESPONSE");
    }

    @Test
    void a_modifier_is_told_and_not_coded() {
        Interpretation interpretation = interpreted(
                recording(),
                FakeModel.of(12, "WITH RAPID VENTRICULAR RESPONSE")
                        .answering(0.9)
                        .loaded());

        assertThat(interpretation.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.codings()).isEmpty());
    }

    @Test
    void normal_gives_way_to_abnormal_and_both_stay_visible() {
        Interpretation interpretation = interpreted(
                recording(),
                FakeModel.of(12, ABNORMAL, NORMAL).answering(0.6, 0.9).loaded());

        assertThat(labels(interpretation)).containsExactly(NORMAL, ABNORMAL);
        assertThat(interpretation.findings().get(0).codings()).isEmpty();
        assertThat(interpretation.findings().get(1).codings())
                .extracting(Coding::code)
                .containsExactly("102594003");
        assertThat(interpretation.flags())
                .containsExactly("CONTRADICTION:NORMAL ECG, ABNORMAL ECG", "NOT_ASSERTED:NORMAL ECG");
    }

    @Test
    void of_two_basic_rhythms_neither_gives_way() {
        Interpretation interpretation = interpreted(
                recording(),
                FakeModel.of(12, FIBRILLATION, "SINUS RHYTHM")
                        .answering(0.6, 0.9)
                        .loaded());

        assertThat(interpretation.findings())
                .allSatisfy(finding -> assertThat(finding.codings()).isNotEmpty());
        assertThat(interpretation.flags()).containsExactly("CONTRADICTION:SINUS RHYTHM, ATRIAL FIBRILLATION");
    }

    @Test
    void long_recordings_are_scored_in_passes_of_bounded_size() {
        FakeModel model = FakeModel.of(1, NORMAL).answering(0.9);

        Interpretation interpretation = interpreted(recording(250, 210).only(Lead.I), model.loaded());

        assertThat(interpretation.windows()).hasSize(21);
        assertThat(model.answered()).isEqualTo(21);
        assertThat(model.largestPass()).isEqualTo(8);
    }

    @Test
    void a_window_without_a_signal_does_not_count() {
        Recordings silent = recording(500, 30).only(Lead.I).with(Lead.I, fill(4000, 11_000, 0));

        Interpretation interpretation = interpreted(
                silent,
                FakeModel.of(1, FIBRILLATION)
                        .answering(0.2)
                        .answering(0.99)
                        .answering(0.2)
                        .loaded());

        assertThat(interpretation.flags()).containsExactly("SILENT_WINDOW:10-20 s");
        assertThat(interpretation.findings()).isEmpty();
        assertThat(interpretation.scores()[0]).isCloseTo(0.2, within(1e-6));
        assertThat(interpretation.windows()).hasSize(3);
    }

    @Test
    void six_hours_are_read_piece_by_piece_and_their_report_stays_short() {
        FakeModel model = FakeModel.of(1, FIBRILLATION);
        for (int w = 0; w < 2160; w++) {
            model.answering(w % 10 == 0 ? 0.9 : 0.1);
        }

        Recordings night = recording(125, 10).only(Lead.I).with(Lead.I, signal -> {
            double[] repeated = new double[2160 * signal.length];
            for (int i = 0; i < repeated.length; i++) {
                repeated[i] = signal[i % signal.length];
            }
            return repeated;
        });
        Interpretation interpretation = interpreted(night, model.loaded());

        assertThat(interpretation.windows()).hasSize(2160);
        assertThat(model.largestPass()).isEqualTo(8);
        Finding fibrillation = interpretation.findings().get(0);
        assertThat(fibrillation.seconds()).hasSize(216);
        assertThat(Stretch.text(fibrillation.stretches()))
                .startsWith("0:00:00-0:00:10, 0:01:40-0:01:50, ")
                .endsWith(" ... (+210)");
    }

    @Test
    void windows_without_repeating_beats_are_flagged_with_their_time() {
        Random random = new Random(2);
        Recordings noisy = recording(500, 40).only(Lead.I).with(Lead.I, signal -> {
            for (int i = 5000; i < 15_000; i++) {
                signal[i] = 0.04 * random.nextGaussian();
            }
            return signal;
        });

        assertThat(interpreted(noisy, FakeModel.of(1, NORMAL).answering(0.9).loaded())
                        .flags())
                .contains("NO_REPEATING_BEATS:10-30 s");
    }

    @Test
    void exchanged_arms_are_suspected() {
        double[] one = recording().build().leads().get(Lead.I).waveform().millivolts();
        double[] two = recording().build().leads().get(Lead.II).waveform().millivolts();
        Recordings swapped = recording()
                .with(Lead.I, times(-1))
                .with(Lead.II, old -> sum(two, -1, one))
                .with(Lead.III, old -> two)
                .with(Lead.AVR, old -> sum(one, -0.5, two))
                .with(Lead.AVL, old -> times(-0.5).apply(sum(one, 1, two)))
                .with(Lead.AVF, old -> sum(two, -0.5, one));

        assertThat(interpreted(swapped, FakeModel.of(12, NORMAL).answering(0.9).loaded())
                        .flags())
                .containsExactly("LEAD_REVERSAL:lead I opposes V5 and V6, as with right and left arm exchanged");
    }

    @Test
    void refuses_a_signal_of_which_the_filters_leave_nothing() {
        Recordings drift = recording().only(Lead.I).with(Lead.I, signal -> {
            for (int i = 0; i < signal.length; i++) {
                signal[i] = i * 1e-3;
            }
            return signal;
        });

        Outcome.Refused refused =
                refused(drift, FakeModel.of(1, NORMAL).answering(0.9).loaded());

        assertThat(refused.reason()).isEqualTo("FLAT_LEADS");
        assertThat(refused.detail()).startsWith("after the filters less than 0.005 mV");
    }

    @Test
    void refuses_an_answer_that_is_not_a_number() {
        Outcome.Refused refused = refused(
                recording(), FakeModel.of(12, NORMAL).answering(Double.NaN).loaded());

        assertThat(refused.reason()).isEqualTo("NO_FINITE_SCORE");
        assertThat(refused.detail()).contains("sha256:ab12");
    }

    @Test
    void refuses_to_start_with_two_models_for_the_same_leads() {
        LoadedModel model = FakeModel.of(12, NORMAL).loaded();

        assertThatThrownBy(() -> interpreter(model, model))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two 12-lead models were given; at most one is used");
    }

    @Test
    void refuses_to_start_without_a_model() {
        assertThatThrownBy(() -> interpreter())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no model was given; at least one is needed");
    }

    @Test
    void refuses_to_start_with_a_model_of_three_leads() {
        assertThatThrownBy(() -> interpreter(FakeModel.of(3, NORMAL).loaded()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a model takes 12 leads or 1, the given one takes 3");
    }

    @Test
    void refuses_to_start_with_a_reported_label_that_means_nothing() {
        assertThatThrownBy(() -> interpreter(FakeModel.of(12, "ATRIAL").loaded()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("thresholds 'test-1' report label 'ATRIAL', which ConceptMap version ");
    }

    private static EcgInterpreter interpreter(LoadedModel... models) {
        return new EcgInterpreter(List.of(models), new Preprocessing(MainsFrequency.HERTZ_50), Terminology.labelMap());
    }

    private static Interpretation interpreted(Recordings recording, LoadedModel... models) {
        Outcome outcome = interpreter(models).interpret(recording.build());
        assertThat(outcome).isInstanceOf(Outcome.Interpreted.class);
        return ((Outcome.Interpreted) outcome).interpretation();
    }

    private static Outcome.Refused refused(Recordings recording, LoadedModel... models) {
        Outcome outcome = interpreter(models).interpret(recording.build());
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return (Outcome.Refused) outcome;
    }

    private static List<String> labels(Interpretation interpretation) {
        return interpretation.findings().stream()
                .map(finding -> finding.label().name())
                .toList();
    }

    private static double[] sum(double[] first, double factor, double[] second) {
        double[] sum = new double[first.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = first[i] + factor * second[i];
        }
        return sum;
    }
}
