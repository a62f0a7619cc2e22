package dev.ecgfhir.inference.training;

import dev.ecgfhir.inference.Thresholds.Rule;
import java.util.Optional;

/**
 * What became of one label.
 *
 * @param rule its rule in the new table
 * @param outcome whether its threshold was derived, or why not
 * @param positives recordings of which the label is true
 * @param negatives recordings of which it is not
 * @param point the derived threshold on the recordings it was derived on; empty if none was derived
 * @param bootstrap how sure it is; empty if none was derived
 */
public record DerivedThreshold(
        Rule rule,
        Outcome outcome,
        int positives,
        int negatives,
        Optional<OperatingPoint> point,
        Optional<Bootstrap> bootstrap) {
    /** Whether a threshold was derived, or why not; the names are stable. */
    public enum Outcome {
        /** It was. */
        DERIVED,
        /** The model does not assess the label. */
        NOT_ASSESSED,
        /** Too few patients have the label. */
        TOO_FEW_POSITIVES,
        /** Too few patients do not have the label. */
        TOO_FEW_NEGATIVES,
        /** By the bootstrap the label may be no better than chance on patients that the threshold has not seen. */
        NOT_BETTER_THAN_CHANCE
    }
}
