package dev.ecgfhir.inference;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * From which score a label is reported, and whether its output means anything at all; a versioned table that belongs to one model.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class Thresholds {
    private final String version;
    private final List<Rule> rules;

    private Thresholds(String version, List<Rule> rules) {
        this.version = version;
        this.rules = List.copyOf(rules);
    }

    /**
     * Makes a table.
     *
     * @param version names the table in reports
     * @param rules one for each label of the model, in the order of the labels
     * @return the table
     */
    public static Thresholds of(String version, List<Rule> rules) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).label().index() != i) {
                throw new IllegalArgumentException("rule " + i + " is of label "
                        + rules.get(i).label() + "; rules stand in the order of the labels");
            }
        }
        return new Thresholds(Objects.requireNonNull(version, "version is null"), rules);
    }

    /** Returns the table's version. */
    public String version() {
        return version;
    }

    /** Returns the rules in the order of the labels. */
    public List<Rule> rules() {
        return rules;
    }

    /**
     * Returns the rule of one label.
     *
     * @param index the label's index
     * @return its rule
     */
    public Rule rule(int index) {
        return rules.get(index);
    }

    /**
     * The rule of one label.
     *
     * @param label the label
     * @param assessed false if the output was not trained: it is "not assessed", never "absent"
     * @param reported false if the label is scored but never becomes a finding
     * @param threshold score from which it is positive, 0..1
     * @param validated true if the threshold was derived on labelled recordings that the model had not seen in training
     * @param indeterminateFrom score from which it is indeterminate and no longer negative; the threshold where there is no grey zone
     * @param calibration turns a score into a probability; empty where nobody calibrated the label
     */
    public record Rule(
            Label label,
            boolean assessed,
            boolean reported,
            double threshold,
            boolean validated,
            double indeterminateFrom,
            Optional<Calibration> calibration) {
        /**
         * Makes a rule without grey zone and calibration.
         *
         * @param label the label
         * @param assessed false if the output was not trained
         * @param reported false if the label never becomes a finding
         * @param threshold score from which it is positive, 0..1
         * @param validated true if the threshold was derived on labelled recordings
         */
        public Rule(Label label, boolean assessed, boolean reported, double threshold, boolean validated) {
            this(label, assessed, reported, threshold, validated, threshold, Optional.empty());
        }

        /** Checks the ranges. */
        public Rule {
            if (!(indeterminateFrom > 0 && indeterminateFrom <= threshold)) {
                throw new IllegalArgumentException("grey zone of " + label.name() + " must begin in 0.." + threshold
                        + ", the threshold, was " + indeterminateFrom);
            }
            if (!(threshold > 0 && threshold < 1)) {
                throw new IllegalArgumentException(
                        "threshold of " + label.name() + " must be in 0..1, was " + threshold);
            }
            if (reported && !assessed) {
                throw new IllegalArgumentException(label.name() + " is reported but not assessed");
            }
        }
    }
}
