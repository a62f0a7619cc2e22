package dev.ecgfhir.inference.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ecgfhir.inference.Calibration;
import dev.ecgfhir.inference.Label;
import dev.ecgfhir.inference.Thresholds.Rule;
import dev.ecgfhir.inference.training.DerivedThreshold.Outcome;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThresholdDerivationTest {
    private static final Rule BEFORE = new Rule(new Label(3, "A"), true, true, 0.5, false);
    private static final DerivationOptions OPTIONS = new DerivationOptions(20, 300, 7, true, true, false);

    @Test
    void finds_the_threshold_of_the_highest_youden_index_by_hand() {
        // by hand: from 0.6 on 2 of 3 true ones and none of the others; from 0.3 on all true ones and 1 of 3 others:
        // both J = 2/3
        LabelledScores data = scores(new double[] {0.9, 0.6, 0.3, 0.4, 0.2, 0.1}, 3);

        OperatingPoint best = OperatingPoint.best(data, ones(6));

        assertThat(best.threshold()).as("the more sensitive one").isCloseTo(0.25, within(1e-12));
        assertThat(best.sensitivity()).isEqualTo(1);
        assertThat(best.specificity()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(best.youden()).isCloseTo(2 * best.balancedAccuracy() - 1, within(1e-12));
    }

    @Test
    void never_parts_equal_scores() {
        LabelledScores data = scores(new double[] {0.5, 0.8, 0.5, 0.1}, 2);

        OperatingPoint best = OperatingPoint.best(data, ones(4));

        assertThat(OperatingPoint.at(best.threshold(), data, ones(4))).isEqualTo(best);
        assertThat(best.threshold()).isNotEqualTo(0.5);
    }

    @Test
    void derives_what_no_other_threshold_beats_and_says_how_sure_it_is() {
        LabelledScores data = gaussian(60, 200, 1.5, 1);

        DerivedThreshold derived = new ThresholdDerivation(OPTIONS).derive(BEFORE, data);

        assertThat(derived.outcome()).isEqualTo(Outcome.DERIVED);
        OperatingPoint point = derived.point().orElseThrow();
        for (int i = 1; i < 1000; i++) {
            assertThat(OperatingPoint.at(i / 1000.0, data, ones(260)).youden())
                    .isLessThanOrEqualTo(point.youden() + 1e-9);
        }
        Bootstrap sure = derived.bootstrap().orElseThrow();
        assertThat(sure.sensitivity().low()).isLessThan(point.sensitivity());
        assertThat(sure.sensitivity().high()).isGreaterThan(point.sensitivity());
        assertThat(sure.unseenMean()).as("less flattered").isLessThan(point.balancedAccuracy());
        assertThat(derived.rule().validated()).isTrue();
        assertThat(derived.rule().indeterminateFrom())
                .isCloseTo(Math.min(sure.threshold().low(), derived.rule().threshold()), within(1e-6));
        assertThat(derived.positives()).isEqualTo(60);
    }

    @Test
    void the_same_seed_gives_the_same_and_another_one_nearly_so() {
        LabelledScores data = gaussian(40, 80, 1, 2);
        Bootstrap first = Bootstrap.of(data, 0.5, 300, 1).orElseThrow();

        assertThat(Bootstrap.of(data, 0.5, 300, 1)).contains(first);
        Bootstrap other = Bootstrap.of(data, 0.5, 300, 2).orElseThrow();
        assertThat(other).isNotEqualTo(first);
        assertThat(other.sensitivity().low()).isCloseTo(first.sensitivity().low(), within(0.1));
    }

    @Test
    void keeps_the_threshold_where_too_few_patients_have_the_label_or_do_not() {
        assertThat(outcome(gaussian(19, 100, 3, 3))).isEqualTo(Outcome.TOO_FEW_POSITIVES);
        assertThat(outcome(gaussian(100, 19, 3, 3))).isEqualTo(Outcome.TOO_FEW_NEGATIVES);
        DerivedThreshold kept = new ThresholdDerivation(OPTIONS).derive(BEFORE, gaussian(19, 100, 3, 3));
        assertThat(kept.rule()).isEqualTo(BEFORE);
        assertThat(kept.positives()).isEqualTo(19);
    }

    @Test
    void recordings_of_one_patient_count_as_one() {
        double[] values = new double[200];
        boolean[] truth = new boolean[200];
        int[] patients = new int[200];
        for (int i = 0; i < 200; i++) {
            values[i] = i < 100 ? 0.9 : 0.1;
            truth[i] = i < 100;
            patients[i] = i < 100 ? i % 5 : i;
        }

        assertThat(outcome(LabelledScores.of(values, truth, patients))).isEqualTo(Outcome.TOO_FEW_POSITIVES);
    }

    @Test
    void keeps_the_threshold_where_the_score_says_nothing() {
        assertThat(outcome(gaussian(40, 60, 0, 4))).isEqualTo(Outcome.NOT_BETTER_THAN_CHANCE);
    }

    @Test
    void never_touches_a_label_that_is_not_assessed() {
        Rule notAssessed = new Rule(new Label(3, "A"), false, false, 0.5, false);

        assertThat(new ThresholdDerivation(OPTIONS)
                        .derive(notAssessed, gaussian(60, 60, 3, 5))
                        .outcome())
                .isEqualTo(Outcome.NOT_ASSESSED);
    }

    @Test
    void calls_nothing_validated_that_rests_on_recordings_seen_in_training() {
        DerivationOptions seen = new DerivationOptions(20, 300, 7, false, false, true);

        Rule rule = new ThresholdDerivation(seen)
                .derive(BEFORE, gaussian(60, 60, 3, 5))
                .rule();

        assertThat(rule.threshold()).isNotEqualTo(0.5);
        assertThat(rule.validated()).isFalse();
        assertThat(rule.calibration()).isEmpty();
        assertThat(rule.indeterminateFrom()).isEqualTo(rule.threshold());
    }

    /** Labels drawn with the probability that a known curve gives: the fit finds the curve again. */
    @Test
    void a_calibration_finds_the_curve_that_made_the_labels() {
        SplittableRandom random = new SplittableRandom(11);
        Calibration truth = new Calibration(1.7, -0.8);
        double[] values = random.doubles(20_000, 0.01, 0.99).toArray();
        boolean[] labels = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            labels[i] = random.nextDouble() < truth.probability(values[i]);
        }

        Calibration fitted = PlattScaling.fit(LabelledScores.of(values, labels, patients(values.length)))
                .orElseThrow();

        assertThat(fitted.slope()).isCloseTo(1.7, within(0.1));
        assertThat(fitted.intercept()).isCloseTo(-0.8, within(0.1));
    }

    @Test
    void scores_that_fall_where_the_label_is_true_are_not_calibrated() {
        assertThat(PlattScaling.fit(gaussian(50, 50, -2, 6))).isEmpty();
    }

    @Test
    void perfectly_parted_scores_are_calibrated_without_certainty() {
        double[] values =
                IntStream.range(0, 60).mapToDouble(i -> i < 30 ? 0.9 : 0.1).toArray();

        Calibration fitted = PlattScaling.fit(scores(values, 30)).orElseThrow();

        assertThat(fitted.probability(0.9)).isCloseTo(31.0 / 32, within(1e-3));
        assertThat(fitted.probability(0.1)).isCloseTo(1.0 / 32, within(1e-3));
    }

    private static Outcome outcome(LabelledScores data) {
        return new ThresholdDerivation(OPTIONS).derive(BEFORE, data).outcome();
    }

    /** Scores whose log odds are normal around 0, and around a distance where the label is true. */
    private static LabelledScores gaussian(int positives, int negatives, double distance, long seed) {
        java.util.Random random = new java.util.Random(seed);
        double[] values = IntStream.range(0, positives + negatives)
                .mapToDouble(i -> 1 / (1 + Math.exp(-random.nextGaussian() - (i < positives ? distance : 0))))
                .toArray();
        return scores(values, positives);
    }

    /** The first ones are true; each is of its own patient. */
    private static LabelledScores scores(double[] values, int positives) {
        boolean[] truth = new boolean[values.length];
        Arrays.fill(truth, 0, positives, true);
        return LabelledScores.of(values, truth, patients(values.length));
    }

    private static int[] patients(int count) {
        return IntStream.range(0, count).toArray();
    }

    private static int[] ones(int count) {
        int[] weights = new int[count];
        Arrays.fill(weights, 1);
        return weights;
    }
}
