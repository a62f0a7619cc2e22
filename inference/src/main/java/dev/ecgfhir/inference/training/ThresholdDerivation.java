package dev.ecgfhir.inference.training;

import dev.ecgfhir.inference.Calibration;
import dev.ecgfhir.inference.Thresholds.Rule;
import dev.ecgfhir.inference.training.DerivedThreshold.Outcome;
import java.util.Arrays;
import java.util.Optional;

/**
 * Derives the threshold of one label: that of the highest Youden index, if enough patients have the label and enough do not, and if the
 * bootstrap says that it is better than chance. Otherwise the label keeps the rule it had. Immutable and safe to share between threads.
 */
public final class ThresholdDerivation {
    private static final double CHANCE = 0.5;

    private final DerivationOptions options;

    /**
     * Makes a derivation.
     *
     * @param options how it is done
     */
    public ThresholdDerivation(DerivationOptions options) {
        this.options = options;
    }

    /**
     * Derives.
     *
     * @param before the rule of the label in the table in use
     * @param data its scores on labelled recordings
     * @return the new rule, or the old one and why
     */
    public DerivedThreshold derive(Rule before, LabelledScores data) {
        if (!before.assessed()) {
            return kept(before, data, Outcome.NOT_ASSESSED);
        }
        if (data.patients(true) < options.leastPatients()) {
            return kept(before, data, Outcome.TOO_FEW_POSITIVES);
        }
        if (data.patients(false) < options.leastPatients()) {
            return kept(before, data, Outcome.TOO_FEW_NEGATIVES);
        }
        int[] once = new int[data.size()];
        Arrays.fill(once, 1);
        OperatingPoint point = OperatingPoint.best(data, once);
        // each label draws its own numbers, whatever other labels are derived
        long seed = options.seed() + before.label().index();
        Optional<Bootstrap> bootstrap = Bootstrap.of(data, point.threshold(), options.draws(), seed);
        if (bootstrap.isEmpty() || bootstrap.get().unseen().low() <= CHANCE) {
            return kept(before, data, Outcome.NOT_BETTER_THAN_CHANCE);
        }
        double threshold = round(point.threshold());
        double from = options.greyZone()
                ? Math.min(
                        threshold,
                        Math.max(1e-6, round(bootstrap.get().threshold().low())))
                : threshold;
        Optional<Calibration> calibration = options.calibrate() ? PlattScaling.fit(data) : Optional.empty();
        Rule rule = new Rule(
                before.label(), true, before.reported(), threshold, !options.seenInTraining(), from, calibration);
        return new DerivedThreshold(
                rule,
                Outcome.DERIVED,
                data.count(true),
                data.count(false),
                Optional.of(OperatingPoint.at(threshold, data, once)),
                bootstrap);
    }

    private static DerivedThreshold kept(Rule before, LabelledScores data, Outcome why) {
        return new DerivedThreshold(
                before, why, data.count(true), data.count(false), Optional.empty(), Optional.empty());
    }

    /** Six digits, as the table has them, so that what is told is what will decide. */
    private static double round(double threshold) {
        return Math.min(1 - 1e-6, Math.max(1e-6, Math.round(threshold * 1e6) / 1e6));
    }
}
